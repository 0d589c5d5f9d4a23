/** What a browser tells of itself so that it can be reached. */
export interface Described {
	endpoint: string;
	p256dh: string;
	auth: string;
	name: string;
}

const SCOPE = '/push/';

/** Whether this browser can be told at all. */
export const canBeTold = (): boolean => 'serviceWorker' in navigator && 'PushManager' in window;

/** Where this browser is told already, if it is. */
export async function knownEndpoint(): Promise<string | undefined> {
	const registration = await navigator.serviceWorker.getRegistration(SCOPE);
	return (await registration?.pushManager.getSubscription())?.endpoint;
}

/** Asks the person for leave, and the browser for an address. @throws Error with a sentence for the person */
export async function describeDevice(publicKey: string): Promise<Described> {
	if ((await Notification.requestPermission()) !== 'granted')
		throw new Error('This browser does not let us. Allow notifications for this site in its settings, then try again.');
	const registration = await navigator.serviceWorker.register('/push/worker.js', { scope: SCOPE });
	const subscription = await subscribe(registration, publicKey).catch(() => {
		throw new Error('The push service of this browser did not answer. Try again later, or in another browser.');
	});
	const { endpoint, keys = {} } = subscription.toJSON();
	return { endpoint: endpoint!, p256dh: keys.p256dh!, auth: keys.auth!, name: nameOf(navigator.userAgent) };
}

/** One that was made for another key, as after a move, is given up for one of ours. */
async function subscribe(registration: ServiceWorkerRegistration, publicKey: string): Promise<PushSubscription> {
	const options = { userVisibleOnly: true, applicationServerKey: publicKey };
	await ready(registration);
	return registration.pushManager.subscribe(options).catch(async (error: Error) => {
		if (error.name !== 'InvalidStateError') throw error;
		await (await registration.pushManager.getSubscription())?.unsubscribe();
		return registration.pushManager.subscribe(options);
	});
}

const ready = (registration: ServiceWorkerRegistration) =>
	new Promise<void>((done) => {
		const worker = registration.installing ?? registration.waiting;
		if (registration.active || !worker) return done();
		worker.addEventListener('statechange', () => worker.state === 'activated' && done());
	});

/** "Firefox on Android" */
export function nameOf(agent: string): string {
	const find = (names: [string, RegExp][]) => names.find(([, mark]) => mark.test(agent))?.[0];
	const browser = find([
		['Edge', /Edg/],
		['Firefox', /Firefox|FxiOS/],
		['Chrome', /Chrom(e|ium)|CriOS/],
		['Safari', /Safari/]
	]);
	const system = find([
		['Android', /Android/],
		['an iPhone', /iPhone/],
		['an iPad', /iPad/],
		['Windows', /Windows/],
		['a Mac', /Mac OS/],
		['Linux', /Linux/]
	]);
	return `${browser ?? 'A browser'}${system ? ` on ${system}` : ''}`;
}
