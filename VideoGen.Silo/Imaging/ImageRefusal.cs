using VideoGen.Grains.Media;

namespace VideoGen.Silo.Imaging;

/// <summary>Why a picture is refused, with messages that say what to send instead.</summary>
internal static class ImageRefusal
{
    public static IntakeOutcome.Refused Unreadable { get; } = new(
        "image_unreadable", "The file is not a readable picture. Send a JPEG, PNG, WebP, GIF or AVIF.");

    public static IntakeOutcome.Refused Heic { get; } = new(
        "image_unreadable", "HEIC pictures are not supported. Export this one as JPEG, or send a PNG, WebP, GIF or AVIF.");

    public static IntakeOutcome.Refused Damaged { get; } = new(
        "image_damaged", "The picture is damaged or incomplete. Send the original file again.");

    public static IntakeOutcome.Refused TooCostly { get; } = new(
        "image_too_complex", "The file is too expensive to decode. Save the picture again as a standard JPEG or PNG.");

    public static IntakeOutcome.Refused TooSmall(int width, int height, int minimum) => new(
        "image_too_small", $"{Sides(width, height)} Send one with at least {minimum:N0} pixels on each side.");

    public static IntakeOutcome.Refused TooLarge(int width, int height, int maxSide, int maxPixels) => new(
        "image_too_large",
        $"{Sides(width, height)} Send one with at most {maxSide:N0} pixels on each "
        + $"side and {maxPixels / 1e6:0.#} million in total.");

    public static IntakeOutcome.Refused TooNarrow(int width, int height) => new(
        "image_too_narrow", $"{Sides(width, height)} It is too narrow. Crop it closer to a square.");

    private static string Sides(int width, int height) => $"The picture has {width:N0} × {height:N0} pixels.";
}
