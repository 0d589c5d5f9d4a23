import { makeBank } from '#src/checks/banks/server/banks.ts';
import { newQuestion } from '#src/checks/banks/input.ts';
import { addObjective } from '#src/checks/banks/server/objectives.ts';
import { addQuestion } from '#src/checks/banks/server/questions.ts';
import { newCheck } from '#src/checks/input.ts';
import { questionTypes, type QuestionOf, type QuestionType } from '#src/checks/question.ts';
import { writeCheck } from '#src/checks/server/checks.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { file } from '#src/core/files/server/schema.ts';
import type { Db } from '#src/platform/server/db.ts';
import { newId } from '#src/platform/server/ids.ts';
import { parse } from '#src/platform/server/parse.ts';

type Examples = { [T in QuestionType]: QuestionOf<T> };

/** One good question of each type. Give a picture that is there and somebody to judge what is shown. */
export const exampleQuestions = ({ image = '', reviewerId = '' } = {}): Examples => ({
	choice: {
		...{ type: 'choice', prompt: 'A customer brings back an opened kettle without a receipt. What do you do first?' },
		...{ why: 'Without a receipt the till can still find the sale.', parts: [], multiple: false },
		options: [
			{ key: 'find', text: 'Look for the sale by card or date', right: true, why: '' },
			{ key: 'refuse', text: 'Refuse, since it was opened', right: false, why: 'Opened goods may come back too.' },
			{ key: 'pay', text: 'Pay the price on the shelf', right: false, why: '' }
		]
	},
	order: {
		...{ type: 'order', prompt: 'You take the goods back. In which order?', why: 'Count before you pay.', parts: [] },
		items: [
			{ key: 'look', text: 'Look at the goods' },
			{ key: 'find', text: 'Find the sale' },
			{ key: 'pay', text: 'Pay back' }
		]
	},
	match: {
		...{ type: 'match', prompt: 'Where does each of them go?', why: 'By its state.', parts: [] },
		pairs: [
			{ key: 'new', left: 'Unopened', right: 'Shelf' },
			{ key: 'open', left: 'Opened', right: 'Second choice' },
			{ key: 'broken', left: 'Broken', right: 'Returns cage' }
		],
		others: ['Waste']
	},
	short: {
		...{ type: 'short', prompt: 'The till asks for a reason. What do you type?', why: 'The short code.', parts: [] },
		accepted: [
			{ match: 'words', text: 'no receipt', share: 1, why: '' },
			{ match: 'pattern', text: '(?i)nr-?[0-9]{2}', share: 0.5, why: 'The old code is still understood.' }
		],
		exactCase: false
	},
	numeric: {
		...{ type: 'numeric', prompt: 'A pallet weighs 25 kg, and 40 boxes of 12 kg stand on it. What does it weigh?' },
		...{ why: '25 + 40 × 12.', parts: [], value: 505, tolerance: { by: 'amount', amount: 1 } },
		units: [
			{ name: 'kg', factor: 1 },
			{ name: 't', factor: 1000 }
		]
	},
	hotspot: {
		...{ type: 'hotspot', prompt: 'Where do you stop the jack?', why: 'The red knob.', parts: [] },
		...{ image, alt: 'The handle of a pallet jack with three knobs' },
		areas: [
			{
				key: 'red',
				name: 'Red knob',
				right: true,
				why: '',
				area: { shape: 'ellipse', x: 40, y: 20, width: 10, height: 10 }
			},
			{
				key: 'grip',
				name: 'Grip',
				right: false,
				why: 'That steers.',
				area: { shape: 'rectangle', x: 10, y: 60, width: 30, height: 20 }
			}
		]
	},
	form: {
		...{
			type: 'form',
			prompt: 'Fill in the slip for the kettle of 24.90.',
			why: 'As on the board.',
			parts: [],
			title: 'Return slip'
		},
		fields: [
			{
				kind: 'text',
				key: 'goods',
				label: 'Goods',
				accepted: [{ match: 'words', text: 'kettle', share: 1, why: '' }],
				exactCase: false
			},
			{ kind: 'number', key: 'price', label: 'Price', value: 24.9, tolerance: { by: 'amount', amount: 0 }, units: [] },
			{ kind: 'date', key: 'day', label: 'Day of sale', value: '2026-03-02' },
			{ kind: 'choice', key: 'tax', label: 'Tax', options: ['7 %', '19 %'], value: '19 %' },
			{ kind: 'empty', key: 'manager', label: 'Manager' }
		]
	},
	show: {
		...{
			type: 'show',
			prompt: 'Take back goods at the till and show the slip.',
			why: 'Somebody looks at it.',
			parts: []
		},
		...{ accepts: 'either', reviewerId },
		rubric: [
			{
				key: 'slip',
				criterion: 'The slip is complete',
				levels: [
					{ label: 'No', points: 0 },
					{ label: 'Yes', points: 1 }
				]
			},
			{
				key: 'tone',
				criterion: 'Friendly',
				levels: [
					{ label: 'No', points: 0 },
					{ label: 'Partly', points: 1 },
					{ label: 'Yes', points: 2 }
				]
			}
		]
	}
});

/** An empty bank of an author. @returns its id */
export const aBank = (db: Db, author: Viewer, spaceId: string, title = 'A bank'): Promise<string> =>
	makeBank(db, author, spaceId, title);

/** A picture in the database, without its bytes. @returns its address */
export async function aPicture(db: Db, uploader: { id: string }): Promise<string> {
	const id = newId();
	const about = { name: 'jack.png', mime: 'image/png', bytes: 1, sha256: '0'.repeat(64), width: 400, height: 300 };
	await db.insert(file).values({ id, ...about, uploaderId: uploader.id });
	return `/files/${id}/jack.png`;
}

/** A question in a bank, of a type or as given. @returns its id */
export async function aQuestion(
	db: Db,
	author: Viewer,
	bankId: string,
	question: QuestionType | object = 'choice',
	more: { objectiveId?: string; state?: 'draft' | 'ready' | 'retired' } = {}
): Promise<string> {
	const content = typeof question === 'string' ? await theExample(db, author, question as QuestionType) : question;
	return addQuestion(db, author, bankId, parse(newQuestion, { content, ...more }));
}

async function theExample(db: Db, author: Viewer, type: QuestionType) {
	const image = type === 'hotspot' ? await aPicture(db, author) : '';
	return exampleQuestions({ image, reviewerId: author.id })[type];
}

export interface ACheck {
	id: string;
	bankId: string;
	/** The questions by type; each type has an objective of its own. */
	questions: Partial<Record<QuestionType, string>>;
	objectives: Partial<Record<QuestionType, string>>;
}

/**
 * A check that draws one question of each type, or of those given.
 * @param more what its form says otherwise
 */
export async function aCheck(
	db: Db,
	author: Viewer,
	spaceId: string,
	{ types = questionTypes, ...more }: { types?: readonly QuestionType[] } & Record<string, unknown> = {}
): Promise<ACheck> {
	const bankId = await aBank(db, author, spaceId);
	const made: ACheck = { id: '', bankId, questions: {}, objectives: {} };
	for (const type of types) {
		made.objectives[type] = await addObjective(db, author, bankId, { title: `Does the ${type} part` });
		made.questions[type] = await aQuestion(db, author, bankId, type, { objectiveId: made.objectives[type]! });
	}
	const objectives = types.map((type) => ({ objectiveId: made.objectives[type], draws: 1 }));
	made.id = await writeCheck(
		db,
		author,
		parse(newCheck, {
			spaceId,
			bankId,
			title: 'Taking goods back',
			minutes: 8,
			contentMinutes: 20,
			objectives,
			...more
		})
	);
	return made;
}
