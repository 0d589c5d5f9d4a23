/**
 * The address of a bookmark that opens a small window with the page one reads, filled in: its address, its title, and
 * the passage that is selected. Where a window is not let open, the page itself leads there.
 * @param origin where Trellis is reached
 */
export const bookmarkletFor = (origin: string): string =>
	`javascript:${encodeURIComponent(
		`(()=>{const e=encodeURIComponent,u=${JSON.stringify(`${origin}/kept/new?url=`)}+e(location.href)+'&title='+e(document.title.slice(0,300))+'&text='+e(String(getSelection()).trim().slice(0,2000));if(!open(u,'trellis','width=520,height=720'))location.href=u})()`
	)}`;
