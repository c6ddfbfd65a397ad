from nuserus.devices.forms.inventory import (
    DeploymentForm,
    ProposeDeviceForm,
    RefuseProposalForm,
    initial_answers,
)

__all__ = ["DeploymentForm", "ProposeDeviceForm", "RefuseProposalForm", "initial_answers"]
