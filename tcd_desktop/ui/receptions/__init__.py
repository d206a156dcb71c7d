"""The reception desk in the window.

list_page       the list of visits with its inspector (`ReceptionsPage`, the desk "receptions")
form_page       the form of a new visit or of an amendment (`ReceptionFormPage`)
visit_page      one visit with its history and receipt slip (`VisitPage`), also shown right after saving
"""
