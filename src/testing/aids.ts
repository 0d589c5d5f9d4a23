import type { AidContent, ContentOf } from '#src/library/aids/content.ts';

const file = (name: string) => `/files/01900000-0000-7000-8000-000000000001/${name}`;

/** One good job aid of each type. */
export const examples: { [T in AidContent['type']]: ContentOf<T> } = {
	checklist: {
		type: 'checklist',
		intro: 'Ten minutes before the doors open.',
		items: [
			{ text: 'Lights on', note: '', group: 'Inside' },
			{ text: 'Till counted', note: 'Two people count.', group: '' },
			{ text: 'Doors unlocked', note: '', group: 'Outside' }
		]
	},
	steps: {
		type: 'steps',
		intro: '',
		steps: [
			{ title: 'Open the cover', text: 'Lift it at the **left** side.', image: '', alt: '' },
			{ title: 'Turn the roll', text: '', image: file('roll.png'), alt: 'The dark side faces up' }
		]
	},
	decision: {
		type: 'decision',
		intro: 'For goods that come back.',
		questions: ['Is there a receipt?', 'Opened?'],
		rules: [
			{ when: ['Yes', 'No'], then: 'Refund in cash' },
			{ when: ['Yes', 'Yes'], then: 'Refund as voucher' },
			{ when: ['No', ''], then: 'Ask the shift lead' }
		]
	},
	flow: {
		type: 'flow',
		intro: '',
		nodes: [
			{
				id: 'start',
				text: 'Is the box damaged?',
				next: [
					{ to: 'photo', label: 'Yes' },
					{ to: 'shelf', label: 'No' }
				]
			},
			{ id: 'photo', text: 'Take a photo', next: [{ to: 'call', label: '' }] },
			{ id: 'call', text: 'Call the carrier', next: [] },
			{ id: 'shelf', text: 'Put it on the shelf', next: [] }
		]
	},
	reference: {
		type: 'reference',
		intro: '',
		columns: ['Code', 'Meaning'],
		rows: [
			['E12', 'No paper'],
			['E40', 'Cover open']
		]
	},
	template: { type: 'template', intro: '', text: 'Dear {{name}},\n\nyour order {{number}} is here.' },
	infographic: {
		type: 'infographic',
		intro: '',
		image: file('lift.png'),
		alt: 'How to lift',
		text: 'Bend your **knees**.'
	},
	screencast: {
		type: 'screencast',
		intro: '',
		video: file('rota.webm'),
		steps: [
			{ at: 0, title: 'Open the rota', text: '' },
			{ at: 65, title: 'Drag the shift', text: 'Onto the new day.' }
		]
	}
};
