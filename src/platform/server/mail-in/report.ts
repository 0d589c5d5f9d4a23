import { isGone } from '../mail-address.ts';

/** What a mail that came back says. */
export type Report =
	/** It did not arrive. */
	| { kind: 'bounce'; hard: boolean; why: string }
	/** Its receiver called it unwanted; `token` where the report names the sender of the envelope. */
	| { kind: 'complaint'; why: string; token?: string }
	/** It is late, was passed on, or an absent person's program answered: nothing to be done. */
	| { kind: 'nothing'; why: string };

export interface Part {
	type: string;
	content: string;
}

const TOKEN = /bounce\+([a-z0-9]{20})@/i;

/**
 * Reads a report about a delivery (RFC 3464) or a complaint (RFC 5965). Without either, words count: some mail
 * servers write a letter.
 */
export function readReport(parts: Part[], text: string, automatic: boolean): Report {
	const delivery = parts.find(({ type }) => type === 'message/delivery-status');
	if (delivery) return readDelivery(delivery.content);
	const feedback = parts.find(({ type }) => type === 'message/feedback-report');
	if (feedback) return readFeedback(feedback.content, parts);
	const refused =
		/(\b5\d\d[ -]|\b5\.\d{1,3}\.\d{1,3}\b|could ?n.t be delivered|undeliver|not be delivered|delivery .{0,20}failed)[^\n]*/i.exec(
			text
		);
	if (refused && !automatic) return { kind: 'bounce', hard: isGone(text.slice(0, 5000)), why: said(refused[0]) };
	return { kind: 'nothing', why: 'An automatic answer.' };
}

function readDelivery(content: string): Report {
	const groups = content.split(/\r?\n\s*\r?\n/).map(fieldsOf);
	const about = groups.filter((group) => group.has('action'));
	const failed = about.find((group) => /^failed/i.test(group.get('action')!));
	if (!failed)
		return { kind: 'nothing', why: said(`The mail server reports: ${about[0]?.get('action') ?? 'nothing'}.`) };
	const status = failed.get('status') ?? '';
	const answer = (failed.get('diagnostic-code') ?? '').replace(/^\s*\S+\s*;\s*/, '');
	// "5.0.0" says nothing: the answer of the other mail server does.
	const isVague = !/^5\.[1-9]/.test(status);
	return { kind: 'bounce', hard: isGone(isVague ? answer : status), why: said(answer || `Status ${status}`) };
}

function readFeedback(content: string, parts: Part[]): Report {
	const fields = fieldsOf(content);
	const type = (fields.get('feedback-type') ?? '').toLowerCase();
	if (type === 'not-spam') return { kind: 'nothing', why: 'Somebody said that it is no spam.' };
	const about = parts.find((part) => /^(message\/rfc822|text\/rfc822-headers)$/.test(part.type));
	const returned = fieldsOf(about?.content.split(/\r?\n\r?\n/)[0] ?? '').get('return-path') ?? '';
	const token = (TOKEN.exec(fields.get('original-mail-from') ?? '') ?? TOKEN.exec(returned))?.[1]?.toLowerCase();
	return { kind: 'complaint', why: 'A mail was marked as unwanted.', ...(token && { token }) };
}

/** The first of each field, unfolded. */
function fieldsOf(block: string): Map<string, string> {
	const fields = new Map<string, string>();
	for (const line of block.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/)) {
		const [, name, value] = /^([\w-]+):\s*(.*)$/.exec(line) ?? [];
		if (name && !fields.has(name.toLowerCase())) fields.set(name.toLowerCase(), value!.trim());
	}
	return fields;
}

/** In one line, without addresses it may repeat. */
const said = (text: string) =>
	text
		.toWellFormed()
		.replace(/[\p{C}\s]+/gu, ' ')
		.replace(/<?[^\s<>]+@[^\s<>]+>?/g, '…')
		.trim()
		.slice(0, 300);
