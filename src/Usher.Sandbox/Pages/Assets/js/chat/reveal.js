/** Brings a message into view and lights it up; says so if it is too far back to be here. */
export function showMessage(id) {
  const row = document.querySelector(`.messages > [data-key="${CSS.escape(id)}"]`);
  if (!row) return false;
  row.scrollIntoView({ block: 'center' });
  row.classList.remove('flash');
  void row.offsetWidth;
  row.classList.add('flash');
  return true;
}
