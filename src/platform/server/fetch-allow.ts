import { BlockList, isIP } from 'node:net';
import { StartError } from './config.ts';
import type { Allowance } from './safe-fetch.ts';

/** Never reached by a name, whatever the list says: this machine, and what clouds tell their machines. */
const own = new BlockList();
own.addSubnet('127.0.0.0', 8, 'ipv4');
own.addSubnet('0.0.0.0', 8, 'ipv4');
own.addSubnet('169.254.0.0', 16, 'ipv4');
own.addAddress('::1', 'ipv6');
own.addAddress('::', 'ipv6');
own.addSubnet('fe80::', 10, 'ipv6');

const family = (address: string) => (isIP(address) === 6 ? 'ipv6' : 'ipv4');

/**
 * Reads FETCH_ALLOW: what of an intranet may be fetched though it is not on the public
 * internet. Names (`wiki.corp.example`, `*.corp.example`), addresses and networks
 * (`10.20.0.0/16`), parted by commas or spaces. Nothing is allowed without it.
 * @throws StartError for what is none of these
 */
export function readAllowance(text = ''): Allowance | undefined {
	const entries = text.split(/[\s,]+/).filter(Boolean);
	if (entries.length === 0) return undefined;
	const names: string[] = [];
	const networks = new BlockList();
	for (const entry of entries) {
		const [address, prefix] = entry.split('/');
		if (isIP(address!)) addNetwork(networks, entry, address!, prefix);
		else if (/^(\*\.)?([a-z0-9_-]+\.)*[a-z0-9_-]+$/i.test(entry)) names.push(entry.toLowerCase());
		else throw unfit(entry);
	}
	return {
		allow: (address, _port, host) =>
			networks.check(address, family(address)) ||
			(names.some((name) => fits(name, host.toLowerCase())) && !own.check(address, family(address)))
	};
}

function addNetwork(networks: BlockList, entry: string, address: string, prefix?: string): void {
	if (prefix === undefined) return networks.addAddress(address, family(address));
	const bits = /^\d{1,3}$/.test(prefix) ? Number(prefix) : NaN;
	if (!(bits <= (isIP(address) === 6 ? 128 : 32))) throw unfit(entry);
	networks.addSubnet(address, bits, family(address));
}

const fits = (name: string, host: string) => (name.startsWith('*.') ? host.endsWith(name.slice(1)) : host === name);

const unfit = (entry: string) =>
	new StartError(`Configuration: FETCH_ALLOW "${entry}" is no host name, address or network (10.0.0.0/8).`);
