"""The steps of scripts/faults. Each breaks one thing under a running program and checks that it holds."""
