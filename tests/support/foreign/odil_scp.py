"""A Verification SCP made with odil: python3 odil_scp.py PORT"""
import sys

import odil


def serve(port):
    association = odil.Association()
    try:
        association.receive_association("v4", port)
        echo = odil.EchoSCP(association)
        echo.set_callback(lambda request: 0)
        dispatcher = odil.SCPDispatcher(association)
        dispatcher.set_echo_scp(echo)
        while True:
            dispatcher.dispatch()
    except (odil.AssociationReleased, odil.AssociationAborted) as end:
        print(type(end).__name__, flush=True)


while True:
    try:
        serve(int(sys.argv[1]))
    except Exception as error:
        print("error:", error, flush=True)
