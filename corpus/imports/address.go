package imports

import (
	"fmt"
	"net/netip"
	"syscall"
)

// A privateError is what keeps a connection from an address that is not public.
type privateError struct{ addr netip.Addr }

func (e *privateError) Error() string {
	return fmt.Sprintf("leads to %s, which is no public address and is not fetched; IMPORT_INTRANET=on allows it", e.addr)
}

// publicOnly lets connections go to public addresses alone. It is asked when the name of a
// host has been resolved, right before each connection, so that no name and no redirect
// can lead elsewhere.
func publicOnly(_, address string, _ syscall.RawConn) error {
	ap, err := netip.ParseAddrPort(address)
	if err != nil {
		return err
	}
	if addr := ap.Addr().Unmap().WithZone(""); !isPublic(addr) {
		return &privateError{addr}
	}
	return nil
}

// notPublic are addresses of private, local, test and other networks that nobody has a
// site at, or that hide another address in them
// (https://www.iana.org/assignments/iana-ipv4-special-registry,
// https://www.iana.org/assignments/iana-ipv6-special-registry).
var notPublic = func() (list []netip.Prefix) {
	for _, s := range []string{
		"0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
		"192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/3",
		"2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20",
	} {
		list = append(list, netip.MustParsePrefix(s))
	}
	return list
}()

// globalIPv6 holds all public addresses of IPv6 that there are.
var globalIPv6 = netip.MustParsePrefix("2000::/3")

func isPublic(addr netip.Addr) bool {
	if addr = addr.Unmap(); !addr.Is4() && !globalIPv6.Contains(addr) {
		return false
	}
	for _, p := range notPublic {
		if p.Contains(addr) {
			return false
		}
	}
	return true
}
