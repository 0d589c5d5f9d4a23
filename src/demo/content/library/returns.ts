import type { DemoThing } from '../../shape.ts';
import { checkOf, idOf, take, type Case } from './cases.ts';

const FINDS = 'Finds a sale without its receipt';
const KEEPS = 'Keeps the books right when money goes back';

const cases: Case[] = [
	{
		objective: FINDS,
		content: {
			type: 'choice',
			prompt:
				'A man brings back a drill in its box. He paid by card on Saturday and has thrown the receipt away. Behind him four people wait. What do you do?',
			options: [
				{ key: 'a7', text: 'Ask for the card and look for the sale by it', right: true },
				{
					key: 'k2',
					text: 'Send him home to look for the receipt',
					right: false,
					why: 'The till knows the sale already.'
				},
				{
					key: 'x9',
					text: 'Pay out the price on the shelf',
					right: false,
					why: 'It may have been cheaper on Saturday.'
				}
			],
			why: 'The till finds a sale by card for a year. That takes a minute, and the money goes back to the same card.'
		}
	},
	{
		objective: FINDS,
		content: {
			type: 'order',
			prompt: 'Somebody paid in cash and has no receipt. Bring into order how you look for the sale.',
			items: [
				{ key: 'm1', text: 'Ask for the day and about what time' },
				{ key: 'c8', text: 'Search that day for the article number' },
				{ key: 'p3', text: 'Compare the other articles of the sale with what the customer remembers' }
			],
			why: 'From what is rough to what is sure: only the last step tells that it is this sale.'
		}
	},
	{
		objective: KEEPS,
		content: {
			type: 'numeric',
			prompt:
				'Three lamps were sold at 19.90 each, with 10 % off the whole sale. One comes back. How much do you pay out?',
			value: 17.91,
			tolerance: { by: 'amount', amount: 0 },
			units: [{ name: 'euro', factor: 1 }],
			why: 'What was paid for it: 19.90 less a tenth.'
		}
	},
	{
		objective: KEEPS,
		content: {
			type: 'form',
			prompt: 'The drill of 79.00, sold on 14 March 2026 by card, comes back unopened. Fill in the slip.',
			title: 'Return slip',
			fields: [
				{ kind: 'number', key: 'r1', label: 'Paid out', value: 79 },
				{ kind: 'date', key: 'r2', label: 'Day of the sale', value: '2026-03-14' },
				{ kind: 'choice', key: 'r3', label: 'Paid out by', options: ['Card', 'Cash', 'Voucher'], value: 'Card' },
				{ kind: 'empty', key: 'r4', label: 'Signature of the shift lead (above 100.00)' }
			],
			why: 'Money goes back the way it came, and below 100.00 nobody else has to sign.'
		}
	}
];

/** A check that anybody may take: nobody is asked to. */
export const returns: DemoThing[] = [
	{
		...{ space: 'everybody', by: 'marcus', at: '20 10:15' },
		make: async (tx, viewer, spaceId) => {
			const objectives = [
				{ title: FINDS, draws: 1 },
				{ title: KEEPS, draws: 1 }
			];
			const facts = {
				...{
					spaceId,
					title: 'Take goods back without a receipt',
					tags: 'returns till',
					minutes: 5,
					contentMinutes: 10
				},
				bodyMd: 'For everybody who stands at a till now and then. Two cases, as they come up on a Saturday.',
				...{ objectives, content: [await idOf(tx, 'A customer brings something back')] }
			};
			return checkOf(tx, viewer, facts, cases);
		},
		more: [
			{
				...{ by: 'kit', after: '2d' },
				act: (tx, viewer, id) => take(tx, viewer, id, { url: '', note: '' })
			}
		]
	}
];
