"""Digital signatures of PDFs: PAdES baseline B-B by pyHanko, with a key file (PKCS#12) or a token (PKCS#11).

An optional part: pyHanko brings libraries for a network that the program does not use, so it is installed apart (`pip
install tcd-desktop[sign]`) and imported only inside functions. Nothing here opens a connection: no time stamps, no
lists of revoked certificates are fetched; what that means is told to the user.
"""
