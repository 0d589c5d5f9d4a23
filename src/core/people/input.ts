import { z } from 'zod';
import { orgRoles } from '#src/core/access/roles.ts';
import { line } from '#src/core/items/input.ts';
import { languageCodes } from './languages.ts';

export const email = z
	.string('is needed')
	.trim()
	.toLowerCase()
	.max(254, 'may have 254 characters at most')
	.pipe(z.email('is not an e-mail address'));

/** Length is what counts (NIST SP 800-63B): twelve characters at least, no rules on their kind. */
export const newPassword = z
	.string('is needed')
	.min(12, 'needs at least 12 characters')
	.max(200, 'may have 200 characters at most');

export const signIn = z.object({ email, password: z.string('is needed').min(1, 'is needed').max(200) });
export type SignIn = z.output<typeof signIn>;

export const timeZone = z
	.string()
	.trim()
	.max(64)
	.refine((zone) => zone === 'UTC' || Intl.supportedValuesOf('timeZone').includes(zone), 'is not a time zone')
	.catch('UTC');

/** The first run: the organisation and the person who looks after it. */
export const firstRun = z.object({
	organisation: line(80),
	name: line(80),
	email,
	password: newPassword,
	timeZone
});
export type FirstRun = z.output<typeof firstRun>;

/** Who joins by an invitation or by the domain of their address. */
export const signUp = z.object({ name: line(80), password: newPassword, timeZone });
export type SignUp = z.output<typeof signUp>;

export const emailOnly = z.object({ email });
export const passwordChange = z.object({
	currentPassword: z.string('is needed').min(1, 'is needed').max(200),
	password: newPassword
});
export const passwordReset = z.object({ password: newPassword });
export const code = z.object({
	code: z
		.string('is needed')
		.transform((value) => value.replace(/[\s-]/g, '').toLowerCase())
		.pipe(z.string().min(6, 'has six digits').max(20, 'has six digits'))
});

const days = z.preprocess(
	(value) => (typeof value === 'string' ? value.split(',').filter(Boolean).map(Number) : value),
	z.array(z.number().int().min(1).max(7)).transform((list) => [...new Set(list)].sort())
);
/** A time of day as minutes after midnight; a form sends "09:30". */
const timeOfDay = z
	.preprocess(
		(value) => {
			const clock = typeof value === 'string' ? /^(\d{1,2}):(\d{2})$/.exec(value) : null;
			return clock ? Number(clock[1]) * 60 + Number(clock[2]) : value;
		},
		z.number('must be a time such as 09:30').int().min(0).max(1440, 'must be a time of the day')
	)
	.describe('Minutes after midnight');

/** So many topics stand in a profile at most. */
export const MOST_TOPICS = 8;

/** What colleagues may ask about, in words of one's own; a form sends them parted by commas. */
const topics = z.preprocess(
	(value) =>
		typeof value === 'string'
			? value
					.split(',')
					.map((topic) => topic.trim())
					.filter(Boolean)
			: value,
	z
		.array(line(40))
		.max(MOST_TOPICS, 'may be eight at most')
		.default([])
		.transform((list) => [...new Set(list)])
);

export const profile = z
	.strictObject({
		name: line(80),
		headline: line(120, 0).default(''),
		askMeAbout: topics,
		timeZone: timeZone.unwrap(),
		language: z.enum(languageCodes).default('en'),
		workStart: timeOfDay,
		workEnd: timeOfDay,
		workDays: days.default([])
	})
	.refine(({ workStart, workEnd }) => workStart < workEnd, { path: ['workEnd'], error: 'must be after the start' });
export type Profile = z.output<typeof profile>;

/** Longer than a year is more likely a slip of the year. */
const LONGEST_LEAVE = 366;
const day = z.iso.date('must be a day, such as 2026-12-24');

/** Days to be away, both included; colleagues see the last of them, and the word. */
export const newLeave = z
	.strictObject({ from: day, until: day, word: line(80, 0).default('') })
	.superRefine(({ from, until }, { addIssue }) => {
		const days = (Date.parse(until) - Date.parse(from)) / 86_400_000 + 1;
		const wrong = (message: string) => addIssue({ code: 'custom', path: ['until'], message });
		if (days < 1) wrong('must not lie before the first day');
		if (days > LONGEST_LEAVE)
			wrong(
				`may be a year after the first day at most; these are ${Math.round(days)} days. State the rest as another leave`
			);
	});
export type NewLeave = z.output<typeof newLeave>;

/** What colleagues see of a leave, as the API sends it. */
export const away = z.object({ until: z.iso.date(), word: z.string() });

export const newInvitation = z.object({
	email: z.union([z.literal('').transform(() => undefined), email]).optional(),
	spaceId: z.union([z.literal('').transform(() => undefined), z.uuid('is not an id')]).optional(),
	maxUses: z.coerce
		.number('must be a number')
		.int()
		.min(1, 'must be 1 at least')
		.max(500, 'may be 500 at most')
		.default(1),
	days: z.coerce.number('must be a number').int().min(1, 'must be 1 at least').max(90, 'may be 90 at most').default(14)
});
export type NewInvitation = z.output<typeof newInvitation>;

export const roleChange = z.object({
	personId: z.uuid('is not an id'),
	roles: z.preprocess(
		(value) => (typeof value === 'string' ? value.split(',').filter(Boolean) : (value ?? [])),
		z.array(z.enum(orgRoles))
	)
});

const domain = z
	.string()
	.regex(/^(?=.{4,253}$)([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/, 'must be domains such as example.org');
export const organisationSettings = z.object({
	name: line(80),
	language: z.enum(languageCodes).default('en'),
	openDomains: z.preprocess(
		(value) =>
			typeof value === 'string'
				? value
						.toLowerCase()
						.split(/[\s,]+/)
						.filter(Boolean)
				: value,
		z.array(domain).max(20, 'may be 20 at most')
	)
});

export type OrganisationSettings = z.output<typeof organisationSettings>;

export const personId = z.object({ personId: z.uuid('is not an id') });
/** The secret of an invitation, or the whole address it stands in. */
export const invitationLink = z.strictObject({
	link: z
		.string('is needed')
		.max(500, 'may have 500 characters at most')
		.transform((link) => /([\w-]+)\/?$/.exec(link.trim())?.[1] ?? '')
		.pipe(z.string().min(1, 'is not an invitation'))
});
export const invitationId = z.object({ id: z.uuid('is not an id') });

/** Who joins by a link tells their address; by a mail it is known. */
export const joining = signUp.extend({ email });

export const emailChange = z.object({ email, currentPassword: z.string('is needed').min(1, 'is needed').max(200) });
export const passkeyName = z.object({ id: z.string().min(1).max(1400), name: line(60) });
export const passkeyId = z.object({ id: z.string().min(1).max(1400) });
export const sessionId = z.object({ id: z.uuid('is not an id') });

/** What a device answers; its parts are checked by the WebAuthn library. */
export const passkeyAnswer = z.looseObject({
	id: z.string().min(1).max(1400),
	rawId: z.string().max(1400),
	type: z.literal('public-key'),
	response: z.record(z.string(), z.unknown())
});
export const newPasskey = z.object({ name: line(60), response: passkeyAnswer });
