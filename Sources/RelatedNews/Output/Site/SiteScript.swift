/// What a script adds to a preview: the filter box over all stories (also from the address,
/// `index.html#filter=dam`), and Escape to put a reason away. Every page is whole without it.
enum SiteScript {
  /// Where a page says how to get to the site's root, and the file with all stories.
  static let text = #"""
    "use strict";
    (() => {
      const root = document.documentElement.dataset.root || "";
      const form = document.querySelector(".filter");
      const input = form && form.querySelector("input");
      const output = form && form.querySelector("output");
      const stories = document.querySelector(".stories");
      const results = document.querySelector(".results");
      const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
      let all = null;
      let loading = false;

      const load = () => {
        if (loading) return;
        loading = true;
        const script = document.createElement("script");
        script.src = root + "assets/stories.js";
        script.onload = () => {
          all = self.relatedNewsStories.map((story) => ({
            story, text: plain([story.t, story.s, story.o, story.d].join(" ")) }));
          show();
        };
        document.head.append(script);
      };

      const element = (name, className, text) => {
        const node = document.createElement(name);
        if (className) node.className = className;
        if (text) node.textContent = text;
        return node;
      };

      const entry = ({ story }) => {
        const item = element("li", "story");
        if (story.s) item.append(element("p", "kicker", story.s));
        const title = element("h3");
        const link = element("a", "", story.t);
        link.href = root + story.p;
        title.append(link);
        const meta = element("p", "meta");
        if (story.d) meta.append(element("span", "", story.d));
        if (story.o) meta.append(element("span", "", story.o));
        item.append(title, meta);
        return item;
      };

      const show = () => {
        const words = plain(input.value).split(/\s+/).filter(Boolean);
        const filtering = words.length > 0;
        if (filtering && !all) { output.textContent = "Looking …"; return load(); }
        stories.hidden = filtering;
        results.hidden = !filtering;
        if (!filtering) { output.textContent = ""; return results.replaceChildren(); }
        const found = all.filter(({ text }) => words.every((word) => text.includes(word)));
        const list = element("ol");
        list.append(...found.slice(0, 100).map(entry));
        results.replaceChildren(list);
        const count = found.length.toLocaleString("en");
        output.textContent = found.length === 0 ? "No story has these words."
          : found.length === 1 ? "1 story"
          : count + " stories" + (found.length > 100 ? ", the newest 100 shown" : "");
      };

      if (form && stories && results) {
        form.hidden = false;
        form.addEventListener("submit", (event) => event.preventDefault());
        input.addEventListener("focus", load, { once: true });
        input.addEventListener("input", show);
        const wanted = new URLSearchParams(location.hash.slice(1)).get("filter");
        if (wanted) input.value = wanted;
        if (input.value) show();
      }

      const box = document.querySelector(".box");
      if (box) {
        document.addEventListener("keydown", (event) => {
          if (event.key === "Escape") box.classList.add("dismissed");
        });
        const restore = () => box.classList.remove("dismissed");
        for (const item of box.querySelectorAll("li")) {
          item.addEventListener("mouseenter", restore);
          item.addEventListener("focusin", restore);
        }
      }
    })();
    """#
}
