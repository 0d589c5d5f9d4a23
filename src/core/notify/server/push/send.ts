import { FetchRefused, safeFetch, type Allowance } from '#src/platform/server/safe-fetch.ts';
import type { PushMessage } from './message.ts';

/** Where a device is reached, and what only it can read. */
export interface Target {
	endpoint: string;
	p256dh: string;
	auth: string;
}

/** `gone`: the device does not want it any more, or never was one. */
export type Sent = 'sent' | 'gone' | 'later';

/** Seconds a push service keeps it for a device that is away. */
const TTL = 86_400;

/** Sends a message, encrypted for one device. @param identity as `pushIdentity` brings it */
export async function sendPush(
	{ endpoint, p256dh, auth }: Target,
	message: PushMessage,
	identity: { subject: string; publicKey: string; privateKey: string },
	allowance?: Allowance
): Promise<Sent> {
	const subscription = { endpoint, keys: { p256dh, auth } };
	const options = { vapidDetails: identity, TTL, contentEncoding: 'aes128gcm' } as const;
	const { default: webpush } = await import('web-push');
	const { headers, body } = webpush.generateRequestDetails(subscription, JSON.stringify(message), options);
	try {
		const { status } = await safeFetch(
			endpoint,
			{ types: ['', 'text/', 'application/'], maxBytes: 2000, cut: true, headers: textOf(headers), body },
			...(allowance ? ([allowance] as const) : [])
		);
		return status < 300 ? 'sent' : status === 404 || status === 410 ? 'gone' : 'later';
	} catch (error) {
		if (!(error instanceof FetchRefused)) throw error;
		return error.reason === 'private' || error.reason === 'address' ? 'gone' : 'later';
	}
}

const textOf = (headers: object) =>
	Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]));
