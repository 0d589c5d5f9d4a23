import { BlockList, isIPv4, isIPv6 } from 'node:net';

/** IPv4 ranges that are no public hosts (IANA special-purpose registry): own, private, shared, link-local, reserved. */
const closed4 = blockList('ipv4', [
	...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12', '192.0.0.0/24'],
	...['192.0.2.0/24', '192.88.99.0/24', '192.168.0.0/16', '198.18.0.0/15', '198.51.100.0/24', '203.0.113.0/24'],
	...['224.0.0.0/4', '240.0.0.0/4']
]);

/** Only global unicast is public in IPv6, less what tunnels to IPv4 or documents. */
const global6 = blockList('ipv6', ['2000::/3']);
const closed6 = blockList('ipv6', ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20']);

/** Whether an IP address is one of the public internet, not of this machine, its network or its provider. */
export function isPublicAddress(address: string): boolean {
	if (isIPv4(address)) return !closed4.check(address, 'ipv4');
	if (!isIPv6(address)) return false;
	return global6.check(address, 'ipv6') && !closed6.check(address, 'ipv6');
}

function blockList(family: 'ipv4' | 'ipv6', ranges: string[]): BlockList {
	const list = new BlockList();
	for (const range of ranges) {
		const [network, prefix] = range.split('/');
		list.addSubnet(network!, Number(prefix), family);
	}
	return list;
}
