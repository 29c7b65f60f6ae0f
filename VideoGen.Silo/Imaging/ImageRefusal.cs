using System.Globalization;
using VideoGen.Grains.Ports;

namespace VideoGen.Silo.Imaging;

/// <summary>Why a picture is refused, in sentences that tell what to send instead.</summary>
internal static class ImageRefusal
{
    public static IntakeOutcome.Refused Unreadable { get; } = new(
        "image_unreadable", "This is not a picture that can be read. Send a JPEG, PNG, WebP, GIF or AVIF.");

    public static IntakeOutcome.Refused Heic { get; } = new(
        "image_unreadable", "HEIC pictures can not be read. Export this one as JPEG, or send a PNG, WebP, GIF or AVIF.");

    public static IntakeOutcome.Refused Damaged { get; } = new(
        "image_damaged", "This picture is damaged or incomplete. Send the original file again.");

    public static IntakeOutcome.Refused TooSmall(int width, int height, int minimum) => Refuse(
        "image_too_small", $"This picture has {width} × {height} pixels. Send one with at least {minimum} on each side.");

    public static IntakeOutcome.Refused TooLarge(int width, int height, ImagingOptions limits) => Refuse(
        "image_too_large", $"""
            This picture has {width:N0} × {height:N0} pixels. Send one with at most {limits.MaxSide:N0} on a side and {
            limits.MaxPixels / 1e6:0.#} million in all.
            """);

    public static IntakeOutcome.Refused TooNarrow(int width, int height) => Refuse(
        "image_too_narrow", $"This picture of {width:N0} × {height:N0} pixels is too long and narrow. Crop it closer to a square.");

    private static IntakeOutcome.Refused Refuse(string code, FormattableString detail) =>
        new(code, detail.ToString(CultureInfo.InvariantCulture));
}
