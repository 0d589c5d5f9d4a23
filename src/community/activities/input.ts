import { z } from 'zod';
import { submission } from '#src/core/items/actions-input.ts';
import { id, itemId, line, markdown, orNone, tags, version } from '#src/core/items/input.ts';
import { paging } from '#src/core/api/server/page.ts';
import { aheads, ways, type Way } from './activity.ts';

const day = z.iso
	.date('must be a day, such as 2030-03-12')
	.refine((text) => text >= '1970-01-01' && text <= '2199-12-31', 'must lie between 1970 and 2199');
const hour = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time, such as 14:30');
const zone = z
	.string('is needed')
	.trim()
	.max(64, 'is not a time zone')
	.refine((name) => name === 'UTC' || Intl.supportedValuesOf('timeZone').includes(name), 'is not a time zone');
/** Where something is on the web. */
const web = line(2000, 0)
	.default('')
	.refine((text) => text === '' || isWeb(text), 'must be an address that begins with https:// or http://');

function isWeb(text: string): boolean {
	try {
		return ['http:', 'https:'].includes(new URL(text).protocol);
	} catch {
		return false;
	}
}

const about = {
	title: line(200, 3),
	bodyMd: markdown(0).default(''),
	tags,
	way: z.enum(ways, 'must be place, online or weeks'),
	place: line(200, 0).default(''),
	link: web,
	forWhom: line(300, 0).default(''),
	/** Who runs it; the author unless told. */
	runnerId: orNone(id),
	beginsOn: day,
	beginsAt: orNone(hour),
	/** The day of the begin unless told. */
	endsOn: orNone(day),
	endsAt: orNone(hour),
	/** The author's own unless told. */
	zone: orNone(zone),
	/** A problem at work, and a figure, by their addresses or ids. */
	needId: orNone(itemId),
	metricId: orNone(itemId)
};

interface Times {
	way: Way;
	beginsOn: string;
	beginsAt?: string;
	endsOn?: string;
	endsAt?: string;
}

const LONGEST_DAYS = 366;

/** What begins ends later, and within a year. */
function inOrder({ way, beginsOn, beginsAt, endsOn = beginsOn, endsAt }: Times, context: z.RefinementCtx): void {
	const tell = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message });
	if (way !== 'weeks' && !beginsAt) tell('beginsAt', 'is needed');
	if (way !== 'weeks' && !endsAt) tell('endsAt', 'is needed');
	if (endsOn < beginsOn) return tell('endsOn', 'must not be before it begins');
	if (Date.parse(endsOn) - Date.parse(beginsOn) > LONGEST_DAYS * 86_400_000)
		return tell('endsOn', 'must be within a year of its begin');
	if (way !== 'weeks' && beginsAt && endsAt && endsOn === beginsOn && endsAt <= beginsAt)
		tell('endsAt', 'must be after it begins');
}

export const newActivity = z.strictObject({ spaceId: id, ...about, submission }).superRefine(inOrder);
export type NewActivity = z.output<typeof newActivity>;

export const activityEdit = z.strictObject({ ...about, note: line(200, 0).default(''), version }).superRefine(inOrder);
export type ActivityEdit = z.output<typeof activityEdit>;

/** What came of it, where more of it is, and who can be asked. */
export const afterwards = z.strictObject({
	bodyMd: markdown(1).pipe(z.string().max(3000, 'may have 3,000 characters at most')),
	recording: web,
	askId: orNone(id)
});
export type Afterwards = z.output<typeof afterwards>;

export const reminder = z.strictObject({ ahead: z.enum(aheads, 'must be hour or day') });
export type Reminder = z.output<typeof reminder>;

export const activityFilter = z.strictObject({
	...paging.shape,
	space: id.optional(),
	show: z.enum(['coming', 'past'], 'must be coming or past').default('coming')
});
export type ActivityFilter = z.output<typeof activityFilter>;
