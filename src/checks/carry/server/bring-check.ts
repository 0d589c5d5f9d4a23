import type { Viewer } from '#src/core/access/server/viewer.ts';
import { plainToMarkdown } from './text.ts';
import { reportLines, skippedCount } from '#src/core/import/report.ts';
import { array, row, rows, sql, type Db } from '#src/platform/server/db.ts';
import { Unreadable } from '#src/platform/server/unreadable.ts';
import { putObjective } from '../../banks/server/objectives.ts';
import { lintBank, minutesOfAll, type Drawn, type Linted } from '../../banks/lint.ts';
import { FLOW_BUDGET, newCheck } from '../../input.ts';
import { writeCheck } from '../../server/checks.ts';
import { bringQuestions } from './bring.ts';

/** A check over content that an import has written already. */
export interface BroughtCheck {
	spaceId: string;
	/** What it is said to come from; the same again is the same check. */
	source: string;
	title: string;
	/** What it is about, in plain words. */
	text: string;
	/** What its content is said to take. */
	contentMinutes?: number;
	/** Items, in their order. */
	content: string[];
	/** Files that may hold questions, one after the other. */
	questions: AsyncIterable<{ name: string; path: string }>;
}

const MOST_CONTENT = 30;
const MOST_CONTENT_MINUTES = 600;
/** What a check says that it takes until its questions tell. */
const SOME_MINUTES = 5;

/**
 * Writes a check over what was brought, with a bank of its own and the questions that came along. Of one that was
 * brought before, what is new of its content is added, and all else stays as it is.
 * @returns its id, unless it was removed since, and what is to be said of it
 * @throws Failure forbidden for people outside the space
 */
export async function bringCheck(
	db: Db,
	viewer: Viewer,
	brought: BroughtCheck
): Promise<{ id?: string; lines: string[] }> {
	const source = `check of ${brought.source}`;
	const known = await row<{ id: string; state: string }>(
		db,
		sql`select id, state from item where provenance is not null and provenance ->> 'source' = ${source}
			and provenance ->> 'id' = 'check'`
	);
	if (known?.state === 'removed') return { lines: ['The check made of it before was removed here; it stays so.'] };
	const id = known?.id ?? (await makeCheck(db, viewer, source, brought));
	if (known) await addContent(db, id, brought.content);
	const { bankId } = (await row<{ bankId: string }>(
		db,
		sql`select bank_id as "bankId" from check_item where item_id = ${id}`
	))!;
	const lines = [
		`${known ? 'The check is there already' : 'A check was made of it'}: “${brought.title}” (/checks/${id}). Its content is in the order of the package, and nobody has to follow it.`
	];
	lines.push(...(await addQuestions(db, viewer, bankId, brought.questions)));
	await drawBrought(db, { id, bankId, title: brought.title, isNew: !known });
	return { id, lines: [...lines, ...(await whatIsDrawn(db, id, bankId))] };
}

async function makeCheck(db: Db, viewer: Viewer, source: string, brought: BroughtCheck): Promise<string> {
	const { spaceId, title, text, contentMinutes = 0, content } = brought;
	const input = newCheck.parse({
		...{
			spaceId,
			title,
			bodyMd: plainToMarkdown(text),
			minutes: SOME_MINUTES,
			content: content.slice(0, MOST_CONTENT)
		},
		contentMinutes: Math.min(MOST_CONTENT_MINUTES, Math.round(contentMinutes))
	});
	return db.transaction(async (tx) => {
		const id = await writeCheck(tx, viewer, input);
		const provenance = JSON.stringify({ source, id: 'check' });
		await tx.execute(sql`update item set provenance = ${provenance}::text::jsonb where id = ${id}`);
		return id;
	});
}

async function addContent(db: Db, id: string, content: string[]): Promise<void> {
	await db.execute(sql`insert into check_content (item_id, content_id, position)
		select ${id}, given.id, last.position + given.at
		from unnest(${array(content, 'uuid')}) with ordinality as given (id, at)
		cross join (select coalesce(max(position), -1) as position, count(*) as count from check_content where item_id = ${id}) last
		where not exists (select from check_content c where c.item_id = ${id} and c.content_id = given.id)
		order by given.at limit greatest(0, ${MOST_CONTENT} - (select count(*) from check_content where item_id = ${id}))
		on conflict do nothing`);
}

/** What is no file of questions was in the package for something else: nothing is said of it. */
async function addQuestions(
	db: Db,
	viewer: Viewer,
	bankId: string,
	files: BroughtCheck['questions']
): Promise<string[]> {
	const lines: string[] = [];
	for await (const { name, path } of files) {
		try {
			const { report } = await bringQuestions(db, viewer, bankId, { path, name });
			if (report.written + report.present + skippedCount(report) > 0)
				lines.push(...reportLines(`Questions of ${name}`, report));
		} catch (error) {
			if (!(error instanceof Unreadable)) throw error;
			if (/\.gift(\.txt)?$/i.test(name)) lines.push(`Questions of ${name}: ${error.message}`);
		}
	}
	return lines;
}

interface Check {
	id: string;
	bankId: string;
	title: string;
	isNew: boolean;
}

/** Questions without an objective are about what the check is; a new check draws half of each, within what it may take. */
async function drawBrought(db: Db, { id, bankId, title, isNew }: Check): Promise<void> {
	await db.transaction(async (tx) => {
		const loose = await row(
			tx,
			sql`select 1 from bank_question where bank_id = ${bankId} and objective_id is null limit 1`
		);
		if (loose) {
			const objectiveId = await putObjective(tx, bankId, title);
			await tx.execute(
				sql`update bank_question set objective_id = ${objectiveId} where bank_id = ${bankId} and objective_id is null`
			);
		}
		if (!isNew) return;
		const questions = await readyOf(tx, bankId);
		const draws = withinBudget(questions, await objectivesOf(tx, bankId));
		for (const [position, { objectiveId, draws: count }] of draws.entries())
			await tx.execute(sql`insert into check_draw (item_id, objective_id, draws, position)
				values (${id}, ${objectiveId}, ${count}, ${position})`);
		const minutes = Math.ceil(minutesOfAll(questions, draws));
		if (minutes > 0)
			await tx.execute(sql`update check_item set minutes = ${Math.min(FLOW_BUDGET, minutes)} where item_id = ${id}`);
	});
}

const readyOf = (db: Db, bankId: string) =>
	rows<Linted>(
		db,
		sql`select q.id, q.objective_id as "objectiveId", v.content from bank_question q
			join bank_question_version v on v.question_id = q.id and v.version = q.version
			where q.bank_id = ${bankId} and q.state = 'ready' order by q.id limit 2000`
	);

const objectivesOf = (db: Db, bankId: string) =>
	rows<Drawn & { ready: number }>(
		db,
		sql`select * from (select o.id as "objectiveId", o.title, o.position,
				(select count(*)::int from bank_question q where q.objective_id = o.id and q.state = 'ready') as ready
			from objective o where o.bank_id = ${bankId}) as each where ready > 0 order by position limit 20`
	);

/** Half of what there is of each objective, five at most; where that takes too long, fewer of those with the most, then fewer objectives. */
function withinBudget(questions: Linted[], objectives: (Drawn & { ready: number })[]): Drawn[] {
	const draws = objectives.map((each) => ({ ...each, draws: Math.min(5, Math.ceil(each.ready / 2)) }));
	while (draws.length > 0 && minutesOfAll(questions, draws) > FLOW_BUDGET) {
		const most = draws.reduce((one, other) => (other.draws > one.draws ? other : one));
		if (most.draws > 1) most.draws -= 1;
		else draws.pop();
	}
	return draws;
}

async function whatIsDrawn(db: Db, id: string, bankId: string): Promise<string[]> {
	const draws = await rows<Drawn>(
		db,
		sql`select d.objective_id as "objectiveId", o.title, d.draws from check_draw d join objective o on o.id = d.objective_id
			where d.item_id = ${id} order by d.position`
	);
	if (draws.length === 0)
		return ['No question came with it that can be read: write some, and this check can be taken.'];
	const questions = await readyOf(db, bankId);
	const { minutes } = (await row<{ minutes: number }>(db, sql`select minutes from check_item where item_id = ${id}`))!;
	const asked = draws.reduce((sum, { draws: count }) => sum + count, 0);
	return [
		`An attempt draws ${asked} of ${questions.length} questions and takes about ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}. Look through them before you ask anybody.`,
		...lintBank(questions, draws, minutes).map(({ message }) => message)
	];
}
