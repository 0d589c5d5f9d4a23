import { expect, test } from 'vitest';
import { fieldMessage } from './messages.ts';

test.each([
	['is needed', 'Title is needed.'],
	['holds characters that cannot be shown; remove them', 'Title holds characters that cannot be shown; remove them.'],
	['This space does not take anonymous questions.', 'This space does not take anonymous questions.']
])('%s', (message, sentence) => {
	expect(fieldMessage('Title', message)).toBe(sentence);
});
