'use strict';

// Which specc answers for a folder: the one that the folder's own environment has, never a second copy.

const path = require('node:path');

const ENVIRONMENTS = ['.venv', 'venv', 'env', '.env'];

/**
 * The command that starts specc for `folder`.
 * @param {string} configured what the setting `specc.command` says; empty where it says nothing
 * @param {string | undefined} folder the folder that is open, if any
 * @param {(file: string) => boolean} exists whether a file is there
 * @param {NodeJS.Platform} platform
 * @returns {string}
 */
function commandFor(configured, folder, exists, platform) {
  if (configured) return folder ? configured.replace('${workspaceFolder}', folder) : configured;
  const inside = platform === 'win32' ? path.join('Scripts', 'specc.exe') : path.join('bin', 'specc');
  const own = folder ? ENVIRONMENTS.map((one) => path.join(folder, one, inside)) : [];
  return own.find(exists) ?? 'specc';
}

module.exports = { commandFor };
