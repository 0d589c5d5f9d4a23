/**
 * Shows what is pushed to this device, and opens what it is about. It keeps nothing and answers for no page: its
 * scope is /push/, where there are none.
 */
/** @typedef {Event & { waitUntil(work: Promise<unknown>): void, data: { json(): any } | null, notification: Notification }} PushEvent */
/** @typedef {{ url: string, focus(): Promise<unknown> }} Page */
/** What a worker has; this file is checked with those of pages. */
const worker = /** @type {any} */ (self);

worker.addEventListener('install', () => void worker.skipWaiting());

worker.addEventListener('push', (/** @type {PushEvent} */ event) => {
	const { title, body, url, tag } = read(event.data);
	event.waitUntil(
		worker.registration.showNotification(title, {
			body,
			tag,
			data: { url },
			icon: '/icon-192.png',
			badge: '/icon-192.png'
		})
	);
});

worker.addEventListener('notificationclick', (/** @type {PushEvent} */ event) => {
	event.notification.close();
	event.waitUntil(open(new URL(event.notification.data?.url ?? '/', worker.location.origin)));
});

/** Only what a push of our own can say: anything else leads to the list. @param {PushEvent['data']} data */
function read(data) {
	try {
		const { title, body, url, tag } = data?.json() ?? {};
		const ours = typeof url === 'string' && /^\/(?![/\\])/.test(url);
		return { title: String(title), body: String(body), tag: String(tag), url: ours ? url : '/notifications' };
	} catch {
		return { title: 'Something new for you', body: '', tag: 'several', url: '/notifications' };
	}
}

/** A page that shows it already comes to the front; else it is opened. @param {URL} url */
async function open(url) {
	/** @type {Page[]} */
	const pages = await worker.clients.matchAll({ type: 'window', includeUncontrolled: true });
	const page = pages.find((each) => each.url.split('#')[0] === url.href.split('#')[0]);
	await (page ? page.focus() : worker.clients.openWindow(url.href));
}
