"""An invented city's documents of two years, for the demonstration and the tests; `make` prints them into files/."""
