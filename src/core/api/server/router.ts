import type { Endpoint, Method } from './endpoint.ts';

interface Node {
	fixed: Map<string, Node>;
	parameter?: { name: string; node: Node };
	endpoints: Map<Method, Endpoint>;
}

export interface Match {
	endpoint?: Endpoint;
	params: Record<string, string>;
	/** What else this address takes, for the Allow header. */
	methods: Method[];
}

export type Router = (method: string, path: string) => Match | undefined;

const newNode = (): Node => ({ fixed: new Map(), endpoints: new Map() });

/**
 * Makes a router over endpoints: a walk along the parts of the address, fixed parts first.
 * @throws Error when two endpoints share method and address
 */
export function makeRouter(endpoints: readonly Endpoint[]): Router {
	const root = newNode();
	for (const endpoint of endpoints) add(root, endpoint);
	return (method, path) => find(root, method as Method, path);
}

function add(root: Node, endpoint: Endpoint): void {
	let node = root;
	for (const part of parts(endpoint.path)) {
		if (part.startsWith('{')) {
			node.parameter ??= { name: part.slice(1, -1), node: newNode() };
			node = node.parameter.node;
		} else {
			let next = node.fixed.get(part);
			if (!next) node.fixed.set(part, (next = newNode()));
			node = next;
		}
	}
	if (node.endpoints.has(endpoint.method)) throw new Error(`Two endpoints for ${endpoint.method} ${endpoint.path}.`);
	node.endpoints.set(endpoint.method, endpoint);
}

function find(root: Node, method: Method, path: string): Match | undefined {
	const params: Record<string, string> = {};
	let node = root;
	for (const part of parts(path)) {
		const fixed = node.fixed.get(part);
		if (fixed) node = fixed;
		else if (node.parameter) {
			params[node.parameter.name] = part;
			node = node.parameter.node;
		} else return undefined;
	}
	if (node.endpoints.size === 0) return undefined;
	return { endpoint: node.endpoints.get(method), params, methods: [...node.endpoints.keys()] };
}

const parts = (path: string) => path.split('/').filter(Boolean);
