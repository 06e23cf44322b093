/** SQL that sets what a photo shows of its files: `shown` (present when any file is, else offline when any is, else gone) and the path shown. */
export const shownOfFiles = `
  shown = coalesce((SELECT CASE min(CASE state WHEN 'present' THEN 0 WHEN 'offline' THEN 1 ELSE 2 END)
    WHEN 0 THEN 'present' WHEN 1 THEN 'offline' ELSE 'gone' END FROM main.files WHERE photo_id = photos.id), 'gone'),
  path = coalesce((SELECT path FROM main.files WHERE photo_id = photos.id
    ORDER BY CASE state WHEN 'present' THEN 0 WHEN 'offline' THEN 1 ELSE 2 END, id LIMIT 1), path)`;
