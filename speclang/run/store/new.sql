CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
CREATE TABLE texts (
	hash VARCHAR(32) NOT NULL, 
	size BIGINT NOT NULL, 
	data BLOB NOT NULL, 
	PRIMARY KEY (hash)
);
CREATE TABLE replies (
	"key" VARCHAR(32) NOT NULL, 
	model VARCHAR(400) NOT NULL, 
	repetition INTEGER NOT NULL, 
	system VARCHAR(32) NOT NULL, 
	body VARCHAR(32) NOT NULL, 
	input_tokens BIGINT, 
	output_tokens BIGINT, 
	cost FLOAT, 
	latency FLOAT NOT NULL, 
	further TEXT NOT NULL, 
	made VARCHAR(40) NOT NULL, snapshot VARCHAR(400), 
	PRIMARY KEY ("key")
);
CREATE TABLE runs (
	id INTEGER NOT NULL, 
	started VARCHAR(40) NOT NULL, 
	ended VARCHAR(40), 
	target VARCHAR(400) NOT NULL, 
	model VARCHAR(400) NOT NULL, 
	stub BOOLEAN NOT NULL, 
	identity VARCHAR(32) NOT NULL, 
	state VARCHAR(20) NOT NULL, judge VARCHAR(32), envelope VARCHAR(32), snapshots TEXT, 
	PRIMARY KEY (id)
);
CREATE TABLE answers (
	"key" VARCHAR(32) NOT NULL, 
	feature VARCHAR(400) NOT NULL, 
	"case" VARCHAR(400) NOT NULL, 
	case_hash VARCHAR(32) NOT NULL, 
	prompt VARCHAR(32) NOT NULL, 
	built BOOLEAN NOT NULL, 
	system VARCHAR(32) NOT NULL, 
	model VARCHAR(400) NOT NULL, 
	identity VARCHAR(32) NOT NULL, 
	stub BOOLEAN NOT NULL, 
	repetition INTEGER NOT NULL, 
	record VARCHAR(32) NOT NULL, 
	stopped TEXT NOT NULL, 
	made VARCHAR(40) NOT NULL, 
	PRIMARY KEY ("key")
);
CREATE INDEX answers_of_case ON answers (feature, "case");
CREATE TABLE run_answers (
	run INTEGER NOT NULL, 
	answer VARCHAR(32) NOT NULL, 
	PRIMARY KEY (run, answer)
);
CREATE TABLE misses (
	run INTEGER NOT NULL, 
	feature VARCHAR(400) NOT NULL, 
	"case" VARCHAR(400) NOT NULL, 
	repetition INTEGER NOT NULL, 
	why TEXT NOT NULL, 
	PRIMARY KEY (run, feature, "case", repetition)
);
CREATE TABLE verdicts (
	answer VARCHAR(32) NOT NULL, 
	grader VARCHAR(400) NOT NULL, 
	grader_hash VARCHAR(32) NOT NULL, 
	version INTEGER NOT NULL, 
	requirement VARCHAR(400) NOT NULL, 
	state VARCHAR(20) NOT NULL, 
	gates BOOLEAN NOT NULL, 
	reason TEXT NOT NULL, 
	PRIMARY KEY (answer, grader, grader_hash, version)
);
CREATE TABLE judgements (
	"key" VARCHAR(32) NOT NULL, 
	judge VARCHAR(32) NOT NULL, 
	model VARCHAR(400) NOT NULL, 
	question VARCHAR(32) NOT NULL, 
	subject VARCHAR(32) NOT NULL, 
	say VARCHAR(20) NOT NULL, 
	passes INTEGER NOT NULL, 
	fails INTEGER NOT NULL, 
	others INTEGER NOT NULL, 
	quote TEXT NOT NULL, 
	reason TEXT NOT NULL, 
	votes VARCHAR(32) NOT NULL, 
	made VARCHAR(40) NOT NULL, 
	PRIMARY KEY ("key")
);
CREATE TABLE judged (
	answer VARCHAR(32) NOT NULL, 
	grader VARCHAR(400) NOT NULL, 
	grader_hash VARCHAR(32) NOT NULL, 
	judgement VARCHAR(32) NOT NULL, 
	PRIMARY KEY (answer, grader, grader_hash, judgement)
);
CREATE TABLE mutations (
	id INTEGER NOT NULL, 
	started VARCHAR(40) NOT NULL, 
	ended VARCHAR(40), 
	target VARCHAR(400) NOT NULL, 
	model VARCHAR(400) NOT NULL, 
	stub BOOLEAN NOT NULL, 
	identity VARCHAR(32) NOT NULL, 
	state VARCHAR(20) NOT NULL, 
	judge VARCHAR(32), 
	steady BOOLEAN NOT NULL, 
	PRIMARY KEY (id)
);
CREATE TABLE mutants (
	mutation INTEGER NOT NULL, 
	number INTEGER NOT NULL, 
	feature VARCHAR(400) NOT NULL, 
	requirement VARCHAR(400) NOT NULL, 
	operator VARCHAR(400) NOT NULL, 
	name VARCHAR(400) NOT NULL, 
	what TEXT NOT NULL, 
	clause VARCHAR(32) NOT NULL, 
	"before" VARCHAR(32) NOT NULL, 
	"after" VARCHAR(32) NOT NULL, 
	prompt VARCHAR(32) NOT NULL, 
	fate VARCHAR(20) NOT NULL, 
	chance FLOAT, 
	PRIMARY KEY (mutation, number)
);
CREATE TABLE trials (
	mutation INTEGER NOT NULL, 
	number INTEGER NOT NULL, 
	feature VARCHAR(400) NOT NULL, 
	"case" VARCHAR(400) NOT NULL, 
	repetition INTEGER NOT NULL, 
	grader VARCHAR(400) NOT NULL, 
	case_hash VARCHAR(32) NOT NULL, 
	grader_hash VARCHAR(32) NOT NULL, 
	version INTEGER NOT NULL, 
	requirement VARCHAR(400) NOT NULL, 
	state VARCHAR(20) NOT NULL, 
	record VARCHAR(32) NOT NULL, 
	PRIMARY KEY (mutation, number, feature, "case", repetition, grader)
);
CREATE TABLE canaries (
	run INTEGER NOT NULL, 
	feature VARCHAR(400) NOT NULL, 
	canary VARCHAR(400) NOT NULL, 
	made VARCHAR(40) NOT NULL, 
	target VARCHAR(400) NOT NULL, 
	model VARCHAR(400) NOT NULL, 
	stub BOOLEAN NOT NULL, 
	series INTEGER NOT NULL, 
	began TEXT NOT NULL, 
	envelope VARCHAR(32) NOT NULL, 
	alarm VARCHAR(20) NOT NULL, 
	PRIMARY KEY (run, feature, canary)
);
CREATE TABLE sightings (
	run INTEGER NOT NULL, 
	feature VARCHAR(400) NOT NULL, 
	canary VARCHAR(400) NOT NULL, 
	"case" VARCHAR(400) NOT NULL, 
	side VARCHAR(20) NOT NULL, 
	failed INTEGER NOT NULL, 
	answers INTEGER NOT NULL, 
	PRIMARY KEY (run, feature, canary, "case")
);
CREATE TABLE drills (
	id INTEGER NOT NULL, 
	made VARCHAR(40) NOT NULL, 
	feature VARCHAR(400) NOT NULL, 
	drill VARCHAR(400) NOT NULL, 
	digest VARCHAR(32) NOT NULL, 
	target VARCHAR(400) NOT NULL, 
	model VARCHAR(400) NOT NULL, 
	passed BOOLEAN NOT NULL, 
	ended VARCHAR(400) NOT NULL, 
	why TEXT NOT NULL, 
	record VARCHAR(32) NOT NULL, 
	PRIMARY KEY (id)
);
CREATE TABLE arrived (
	id INTEGER NOT NULL, 
	"key" VARCHAR(32) NOT NULL, 
	model VARCHAR(400) NOT NULL, 
	repetition INTEGER NOT NULL, 
	system VARCHAR(32) NOT NULL, 
	body VARCHAR(32) NOT NULL, 
	input_tokens BIGINT, 
	output_tokens BIGINT, 
	cost FLOAT, 
	latency FLOAT NOT NULL, 
	further TEXT NOT NULL, 
	made VARCHAR(40) NOT NULL, 
	snapshot VARCHAR(400), 
	PRIMARY KEY (id)
);
