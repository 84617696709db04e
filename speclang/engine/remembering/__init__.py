"""What is kept between runs so that it need not be done again; forgetting it costs only time."""
