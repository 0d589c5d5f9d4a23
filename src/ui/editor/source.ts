/** Puts a text where the caret is, so that undo takes it out again. */
export function insertIntoArea(area: HTMLTextAreaElement, text: string): void {
	area.focus();
	const before = area.value.slice(0, area.selectionStart);
	const words = before === '' || /\s$/.test(before) ? text : ` ${text}`;
	// Deprecated, and still the only way that keeps the field's own undo.
	if (!document.execCommand('insertText', false, words)) {
		area.setRangeText(words, area.selectionStart, area.selectionEnd, 'end');
		area.dispatchEvent(new Event('input', { bubbles: true }));
	}
}
