/**
 * What is wrong with a field, as a sentence. Messages of input schemas go on from the
 * field's name ("is needed"); those of commands stand by themselves.
 * @example fieldMessage('Title', 'is needed') // "Title is needed."
 */
export function fieldMessage(label: string, message: string): string {
	const sentence = /^\p{Lower}/u.test(message) ? `${label} ${message}` : message;
	return /[.!?]$/.test(sentence) ? sentence : `${sentence}.`;
}
