"""The case files: list and inspector, the page of one case, its deadline, its papers, its history."""
