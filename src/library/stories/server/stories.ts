import { allow, canEdit } from '#src/core/access/server/policy.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { visibleItems } from '#src/core/access/server/visibility.ts';
import { once } from '#src/core/items/server/submission.ts';
import { createItem, editItem, lockItem } from '#src/core/items/server/write.ts';
import { record } from '#src/core/signals/server/record.ts';
import { row, rows, sql, type Db } from '#src/platform/server/db.ts';
import { Failure, invalid, notFound } from '#src/platform/server/errors.ts';
import { isId } from '#src/platform/server/ids.ts';
import type { NewStory, StoryEdit } from '../input.ts';
import { findNames, maskNames } from '../names.ts';
import { parts, partTexts, type Part, type StoryToEdit } from '../story.ts';

type Told = Record<Part, string> & { title: string };

/** A name is hidden only among so many that nobody is meant. */
const CROWD = 5;

/**
 * Tells a story: the names in it are replaced as its author chose.
 * @returns its id
 * @throws Failure invalid with `details.names` for names the author has not decided about; forbidden outside the space
 */
export async function tellStory(db: Db, viewer: Viewer, input: NewStory): Promise<string> {
	const { masks, spaceId, anonymous, tags, submission, result } = input;
	await expectDecided(db, input, masks);
	const told = masked(input, masks);
	return db.transaction(async (tx) => {
		if (anonymous) await expectCrowd(tx, spaceId);
		return once(tx, viewer, submission, async () => {
			const bodyMd = bodyOf(told);
			const id = await createItem(tx, viewer, { kind: 'story', spaceId, title: told.title, bodyMd, tags, anonymous });
			await save(tx, id, told, result);
			await record(tx, viewer.id, 'shared', { itemId: id, spaceId });
			return id;
		});
	});
}

/**
 * Changes a story as a new revision; only names that were not in it before are asked about.
 * @returns the new version
 * @throws Failure conflict with the newer text on a stale edit
 */
export async function editStory(db: Db, viewer: Viewer, storyId: string, edit: StoryEdit): Promise<number> {
	const before = await storyToEdit(db, viewer, storyId);
	await expectDecided(db, edit, edit.masks, before);
	const told = masked(edit, edit.masks);
	return db.transaction(async (tx) => {
		await lockItem(tx, viewer, storyId, 'story');
		const { tags, note, version, result } = edit;
		const next = await editItem(tx, viewer, storyId, { title: told.title, bodyMd: bodyOf(told), tags, note, version });
		await save(tx, storyId, told, result);
		return next;
	});
}

/** A story whose text the viewer may change. @throws Failure not_found or forbidden */
export async function storyToEdit(db: Db, viewer: Viewer, storyId: string): Promise<StoryToEdit> {
	const found = isId(storyId)
		? await row<StoryToEdit & { authorId: string }>(
				db,
				sql`select i.id, i.space_id as "spaceId", i.author_id as "authorId", i.title, i.tags, i.version,
					s.situation, s.tried, s.happened, s.again, s.result
					from item i join story s on s.item_id = i.id where i.id = ${storyId} and ${visibleItems(viewer, 'i')}`
			)
		: undefined;
	if (!found) throw notFound('This story does not exist, or is not open to you.');
	const { authorId, ...story } = found;
	allow(
		canEdit(viewer, { authorId, spaceId: story.spaceId }),
		'Its author and the stewards of the space may edit this story.'
	);
	return story;
}

async function save(tx: Db, id: string, told: Told, result: string): Promise<void> {
	const { situation, tried, happened, again } = told;
	await tx.execute(sql`insert into story (item_id, situation, tried, happened, again, result)
		values (${id}, ${situation}, ${tried}, ${happened}, ${again}, ${result})
		on conflict (item_id) do update set situation = excluded.situation, tried = excluded.tried,
			happened = excluded.happened, again = excluded.again, result = excluded.result`);
}

/** The four parts as one text: what is read, searched, compared and exported. */
const bodyOf = (told: Told) => parts.map((part) => `# ${partTexts[part].label}\n\n${told[part]}`).join('\n\n');

const wholeText = (told: Told) => [told.title, ...parts.map((part) => told[part])].join('\n\n');

function masked(told: Told, masks: Record<string, string>): Told {
	const text = (value: string) => maskNames(value, masks);
	return {
		title: text(told.title),
		situation: text(told.situation),
		tried: text(told.tried),
		happened: text(told.happened),
		again: text(told.again)
	};
}

async function expectDecided(db: Db, told: Told, masks: Record<string, string>, before?: Told): Promise<void> {
	const text = wholeText(told);
	const old = before ? wholeText(before) : '';
	const undecided = findNames(text, await knownIn(db, text)).filter(
		(name) => !(name.text in masks) && !old.includes(name.text)
	);
	if (undecided.length === 0) return;
	const message = 'Some words may name people or clients. Decide for each what stands there.';
	throw new Failure('invalid', message, { _: message }, { names: undecided.slice(0, 60) });
}

/** Names of people who are, or were, here and stand in the text. */
async function knownIn(db: Db, text: string): Promise<string[]> {
	const found = await rows<{ name: string }>(
		db,
		sql`select distinct name from person where length(name) >= 3 and position(name in ${text}) > 0 limit 100`
	);
	return found.map(({ name }) => name);
}

async function expectCrowd(tx: Db, spaceId: string): Promise<void> {
	const found = await row<{ people: number }>(
		tx,
		sql`select count(*)::int as people from space_member m join person p on p.id = m.person_id
			where m.space_id = ${spaceId} and p.deactivated_at is null`
	);
	if ((found?.people ?? 0) >= CROWD) return;
	throw invalid({ anonymous: 'Fewer than five people are in this space: they would know who tells it.' });
}
