terraform {
  required_providers {
    proxmox = { source = "bpg/proxmox", version = "0.61.1" }
  }
}

resource "proxmox_virtual_environment_vm" "router" {
  name      = "router"
  node_name = "attic"
}
