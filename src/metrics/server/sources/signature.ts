import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { unauthenticated } from '#src/platform/server/errors.ts';

/** A delivery as it came: its headers as Standard Webhooks 1.0 names them. */
export interface Delivery {
	/** `webhook-id` */
	id: string;
	/** `webhook-timestamp`: seconds since 1970. */
	timestamp: string;
	/** `webhook-signature`: `v1,…`, several parted by blanks. */
	signature: string;
	body: string;
}

const PREFIX = 'whsec_';
/** Seconds that clocks may differ by, and a delivery may take. */
export const TOLERANCE = 300;

export const newHookSecret = (): string => PREFIX + randomBytes(32).toString('base64');

/** What a sender signs a delivery with. */
export function signatureOf(secret: string, { id, timestamp, body }: Omit<Delivery, 'signature'>): string {
	const key = Buffer.from(secret.slice(PREFIX.length), 'base64');
	return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
}

/**
 * @param secretOf opens the secret, once the rest is right
 * @throws Failure unauthenticated for one that is forged, has no name, or is too old or too new
 */
export function expectSigned(secretOf: () => string, delivery: Delivery, now = Date.now()): void {
	const { id, timestamp, signature } = delivery;
	if (!/^[\x21-\x7e]{1,200}$/.test(id)) throw unauthenticated('The header webhook-id is needed.');
	if (!/^\d{1,12}$/.test(timestamp)) throw unauthenticated('The header webhook-timestamp is needed, in seconds.');
	if (Math.abs(now / 1000 - Number(timestamp)) > TOLERANCE)
		throw unauthenticated('This was sent more than five minutes ago, or by a clock that is wrong.');
	const right = Buffer.from(signatureOf(secretOf(), delivery));
	const given = signature.split(' ').map((each) => Buffer.from(each));
	if (!given.some((each) => each.length === right.length && timingSafeEqual(each, right)))
		throw unauthenticated('The signature does not fit.');
}
