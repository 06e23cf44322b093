/**
 * An attachment for pictures in lists: one that leaves the document while it is still being fetched is fetched no further. A browser goes on
 * otherwise, and after a long scroll the pictures in view would wait for hundreds that are not.
 */
export function whileShown(image: HTMLImageElement): () => void {
  return () => {
    if (image.complete) return;
    image.removeAttribute("src");
    // A picture that changes outside the document is held on to by Chromium, and everything around it, until it leaves its place.
    image.remove();
  };
}
