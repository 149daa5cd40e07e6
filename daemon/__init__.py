"""The daemon: journal, loop, executors, configuration, and the command line."""
