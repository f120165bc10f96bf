# SPDX-License-Identifier: Apache-2.0
"""What stands around a promotion where it is tested as a whole: services, a network, a database server."""
