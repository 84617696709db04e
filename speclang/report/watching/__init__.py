"""What is told of what is watched over time: where a model refuses, and how long it takes."""
