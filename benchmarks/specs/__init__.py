"""The grammar of numbers and time against published case files of other projects: `make specs SPECS=DIR`."""
