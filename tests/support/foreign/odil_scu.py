"""One C-ECHO made with odil: python3 odil_scu.py HOST PORT CALLED CALLING"""
import sys

import odil

host, port, called, calling = sys.argv[1:]
association = odil.Association()
association.set_peer_host(host)
association.set_peer_port(int(port))
parameters = odil.AssociationParameters()
parameters.set_called_ae_title(called)
parameters.set_calling_ae_title(calling)
context = odil.AssociationParameters.PresentationContext(
    1, odil.registry.Verification,
    [odil.registry.ImplicitVRLittleEndian, odil.registry.ExplicitVRLittleEndian],
    odil.AssociationParameters.PresentationContext.Role.SCU)
parameters.set_presentation_contexts([context])
association.set_parameters(parameters)
association.associate()
odil.EchoSCU(association).echo()
association.release()
print("echo answered, association released")
