// Lets the buttons beneath a chart save it as it is drawn, with a line beneath it that says where it comes from.
document.querySelectorAll(".sg button[data-saves]").forEach((button) => {
  button.onclick = () => {
    const shown = document.querySelector("[data-testid=stVegaLiteChart] svg");
    if (!shown) return;
    const space = "http://www.w3.org/2000/svg";
    const room = 80; // to the left: where the page's font is not at hand, names are wider
    const wide = shown.clientWidth + room, high = shown.clientHeight + 28;
    const svg = shown.cloneNode(true);
    const part = (name, attributes) => {
      const made = document.createElementNS(space, name);
      Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
      return made;
    };
    const size = { xmlns: space, width: wide, height: high, viewBox: `${-room} 0 ${wide} ${high}` };
    Object.entries(size).forEach(([key, value]) => svg.setAttribute(key, value));
    const ground = getComputedStyle(document.querySelector(".stApp")).backgroundColor;
    const ink = getComputedStyle(button).color;
    svg.prepend(part("rect", { x: -room, width: wide, height: high, fill: ground }));
    const line = part("text", { x: 4 - room, y: high - 8, "font-size": 10, fill: ink });
    line.textContent = button.dataset.origin;
    svg.append(line);
    const text = new XMLSerializer().serializeToString(svg);
    const link = URL.createObjectURL(new Blob([text], { type: "image/svg+xml" }));
    const save = (address, ending) => {
      const anchor = document.createElement("a");
      anchor.href = address;
      anchor.download = `${button.dataset.name}.${ending}`;
      anchor.click();
    };
    if (button.dataset.saves === "svg") return save(link, "svg");
    const image = new Image();
    image.onload = () => {
      const canvas = document.createElement("canvas");
      canvas.width = 2 * wide;
      canvas.height = 2 * high;
      canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
      save(canvas.toDataURL("image/png"), "png");
    };
    image.src = link;
  };
});
