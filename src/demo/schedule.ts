import { answerQuestion, askQuestion } from '#src/ask/server/ask.ts';
import { markDuplicate } from '#src/ask/server/duplicates.ts';
import { acceptAnswer, askForMore, commentOnQuestion } from '#src/ask/server/questions.ts';
import { loadViewer, type Viewer } from '#src/core/access/server/viewer.ts';
import { addComment } from '#src/core/items/server/comments.ts';
import { flagOutdated } from '#src/core/items/server/flags.ts';
import { startFollowing } from '#src/core/items/server/follows.ts';
import { markHelped } from '#src/core/items/server/helped.ts';
import { editItem } from '#src/core/items/server/write.ts';
import { writePage } from '#src/pages/server/pages.ts';
import { row, sql, type Db } from '#src/platform/server/db.ts';
import { isId } from '#src/platform/server/ids.ts';
import { momentAfter, momentAt } from './clock.ts';
import { library } from './content/library/index.ts';
import { people } from './content/people.ts';
import type { Place } from './organisation.ts';
import type { DemoAnswer, DemoComment, DemoHelped, DemoOutdated, DemoPage, DemoQuestion, DemoThing } from './shape.ts';

/** Something somebody did, and when. */
export interface Step {
	at: Date;
	/** @returns the items it touched */
	run(tx: Db): Promise<string[]>;
}

/** An item that will exist by the time it is needed. */
interface Later {
	id: string;
	/** When it was made. */
	at: Date;
}

/** All that happened, in order. */
export async function schedule(tx: Db, places: Place[], cast: Map<string, string>, now: Date): Promise<Step[]> {
	const viewers = new Map<string, Viewer>();
	for (const [key, id] of cast) viewers.set(key, (await loadViewer(tx, id))!);
	const plan = new Plan(viewers, now);
	for (const place of places) {
		for (const page of place.pages ?? []) plan.page(place, page);
		for (const question of place.questions) plan.question(place, question);
		for (const thing of library.filter(({ space }) => space === place.slug)) plan.thing(place, thing);
	}
	return plan.steps.sort((a, b) => a.at.getTime() - b.at.getTime());
}

const persons = new Map(people.map((person) => [person.key, person]));

class Plan {
	readonly steps: Step[] = [];
	readonly #viewers: Map<string, Viewer>;
	readonly #now: Date;
	/** Questions that others name. */
	readonly #named = new Map<string, Later>();

	constructor(viewers: Map<string, Viewer>, now: Date) {
		this.#viewers = viewers;
		this.#now = now;
	}

	question(place: Place, { key, by, at, title, body, tags, anonymous = false, ...more }: DemoQuestion): void {
		const asked: Later = { id: '', at: momentAt(at, persons.get(by)!, this.#now) };
		if (key) this.#named.set(key, asked);
		this.#add(asked.at, async (tx) => {
			asked.id = await askQuestion(tx, this.#who(by), { spaceId: place.id, title, bodyMd: body, tags, anonymous });
			return [asked.id];
		});
		for (const each of more.follows ?? [])
			this.#then(asked, each, '20m', async (tx) =>
				startFollowing(tx, this.#who(each), { targetKind: 'item', target: asked.id })
			);
		this.#comments(asked, more.comments, [], commentOnQuestion);
		const { needsInfo, duplicate } = more;
		if (needsInfo)
			this.#then(asked, needsInfo.by, needsInfo.after, async (tx) =>
				askForMore(tx, this.#who(needsInfo.by), asked.id, { bodyMd: needsInfo.note })
			);
		if (duplicate)
			this.#then(asked, duplicate.by, duplicate.after, async (tx) =>
				markDuplicate(tx, this.#who(duplicate.by), asked.id, this.#named.get(duplicate.of)!.id)
			);
		for (const answer of more.answers ?? []) this.#answer(place, asked, by, answer);
	}

	page(place: Place, { by, at, title, body, tags, ...more }: DemoPage): void {
		const page: Later = { id: '', at: momentAt(at, persons.get(by)!, this.#now) };
		this.#add(page.at, async (tx) => {
			page.id = await writePage(tx, this.#who(by), { spaceId: place.id, title, bodyMd: body, tags });
			return [page.id];
		});
		for (const edit of more.edits ?? [])
			this.#then(page, edit.by, edit.after, async (tx) => {
				const { body_md, version } = (await row<{ body_md: string; version: number }>(
					tx,
					sql`select body_md, version from item where id = ${page.id}`
				))!;
				if (!body_md.includes(edit.from)) throw new Error(`"${edit.from}" does not stand in "${title}".`);
				await editItem(tx, this.#who(edit.by), page.id, {
					...{ bodyMd: body_md.replace(edit.from, () => edit.to), note: edit.note, version }
				});
			});
		this.#helped(page, more.helped);
		this.#comments(page, more.comments);
		this.#outdated(page, more.outdated);
	}

	thing(place: Place, { by, at, make, helped, comments, outdated, more = [] }: DemoThing): void {
		const thing: Later = { id: '', at: momentAt(at, persons.get(by)!, this.#now) };
		this.#add(thing.at, async (tx) => {
			thing.id = await make(tx, this.#who(by), place.id);
			return [thing.id];
		});
		for (const each of more)
			this.#then(thing, each.by, each.after, async (tx) => each.act(tx, this.#who(each.by), thing.id));
		this.#helped(thing, helped);
		this.#comments(thing, comments);
		this.#outdated(thing, outdated);
	}

	#answer(place: Place, asked: Later, asker: string, { by, after, body, accepted, ...more }: DemoAnswer): void {
		const answer: Later = { id: '', at: momentAfter(asked.at, after, persons.get(by)!, this.#now) };
		this.#add(answer.at, async (tx) => {
			answer.id = await answerQuestion(tx, this.#who(by), asked.id, { bodyMd: body });
			return [answer.id, asked.id];
		});
		if (accepted)
			this.#then(answer, asker, accepted, async (tx) => acceptAnswer(tx, this.#who(asker), answer.id), [asked]);
		this.#helped(answer, more.helped, [asked]);
		this.#comments(answer, more.comments, [asked]);
		this.#outdated(answer, more.outdated);
	}

	#helped(about: Later, marks: DemoHelped[] = [], touched: Later[] = []): void {
		marks.forEach(([who, minutes, note = ''], index) =>
			this.#then(
				about,
				who,
				`${index * 7 + 2}h`,
				async (tx) => markHelped(tx, this.#who(who), about.id, { minutesSaved: minutes, note }),
				touched
			)
		);
	}

	#comments(about: Later, comments: DemoComment[] = [], touched: Later[] = [], say = addComment): void {
		let before = about;
		for (const { by, after, body } of comments) {
			const said: Later = { id: '', at: momentAfter(before.at, after, persons.get(by)!, this.#now) };
			this.#add(said.at, async (tx) => {
				said.id = await say(tx, this.#who(by), about.id, { bodyMd: body });
				return [said.id, about.id, ...touched.map(({ id }) => id)];
			});
			before = said;
		}
	}

	#outdated(about: Later, flag: DemoOutdated | undefined): void {
		if (!flag) return;
		this.#then(about, flag.by, flag.after, async (tx) =>
			flagOutdated(tx, this.#who(flag.by), about.id, { note: flag.note })
		);
	}

	/** What somebody did with something, so long after it was there. */
	#then(about: Later, who: string, after: string, act: (tx: Db) => Promise<unknown>, touched: Later[] = []): void {
		const at = momentAfter(about.at, after, persons.get(who)!, this.#now);
		this.#add(at, async (tx) => {
			const made = await act(tx);
			return [about.id, ...touched.map(({ id }) => id), ...(typeof made === 'string' && isId(made) ? [made] : [])];
		});
	}

	#add(at: Date, run: Step['run']): void {
		this.steps.push({ at, run });
	}

	#who(key: string): Viewer {
		return this.#viewers.get(key)!;
	}
}
