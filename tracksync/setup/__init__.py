"""Setting up: from what was found in a repository to the configuration that fits it. Values in, values out."""
