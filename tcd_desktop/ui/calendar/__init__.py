"""The office's calendar: the days off that come with the program and the office's own lines over them."""
