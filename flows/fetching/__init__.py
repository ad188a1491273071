"""Bringing documents in from elsewhere: columns of public sites, dropped zip files. What arrives lies in the inbox."""
