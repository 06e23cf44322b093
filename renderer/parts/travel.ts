/** At most so many things travel at once: more would only be a swarm. */
const MOST = 12;

/**
 * Lets copies of some things travel to another and shrink into it, as faces into the person they are merged with. Nothing waits for it:
 * the copies lie over everything and hear no press. Over at once where motion is not wanted, or where there is nothing to travel to.
 */
export async function travel(from: readonly (Element | null)[], to: Element | null): Promise<void> {
  const style = getComputedStyle(document.documentElement);
  const duration = parseFloat(style.getPropertyValue("--slow"));
  const there = to?.getBoundingClientRect();
  if (there === undefined || !(duration > 0) || there.bottom < 0 || there.top > innerHeight) return;
  const easing = style.getPropertyValue("--ease-both").trim();
  const going = from
    .filter((each): each is HTMLElement => each instanceof HTMLElement)
    .slice(0, MOST)
    .map(async (each) => {
      const here = each.getBoundingClientRect();
      const copy = lifted(each, here);
      const [x, y] = [there.left + there.width / 2 - here.left - here.width / 2, there.top + there.height / 2 - here.top - here.height / 2];
      const scale = Math.min(there.width / here.width, there.height / here.height);
      const end = { transform: `translate(${x}px, ${y}px) scale(${scale})`, opacity: 0.2 };
      try {
        await copy.animate([{ transform: "none", opacity: 1 }, end], { duration, easing, fill: "forwards" }).finished;
      } catch {
        // Called off with the page.
      }
      copy.remove();
    });
  await Promise.all(going);
}

function lifted(each: HTMLElement, here: DOMRect): HTMLElement {
  const copy = each.cloneNode(true) as HTMLElement;
  copy.setAttribute("aria-hidden", "true");
  copy.inert = true;
  Object.assign(copy.style, {
    position: "fixed",
    zIndex: "46",
    margin: "0",
    left: `${here.left}px`,
    top: `${here.top}px`,
    width: `${here.width}px`,
    height: `${here.height}px`,
    pointerEvents: "none",
  });
  document.body.append(copy);
  return copy;
}
