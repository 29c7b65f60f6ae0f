using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using VideoGen.Grains.Backends;
using VideoGen.Grains.Generations.Contract;

namespace VideoGen.Silo.Backends.Preview;

/// <summary>
/// A slow camera move over a picture, from the whole picture to a part of it. Zoom is how many times closer it ends, roll is in
/// radians, and the shift of the center is in widths and heights of the picture. The view never leaves the picture.
/// </summary>
internal sealed record CameraMove(double Zoom, double Roll, double ShiftX, double ShiftY)
{
    /// <summary>The move for a generation: by the user's seed if there is one, otherwise derived from the id.</summary>
    public static CameraMove For(RenderRequest request, double ratio = 1) => For(
        request.Request.Seed is { } seed ? seed.ToString(CultureInfo.InvariantCulture) : request.GenerationId,
        request.Request.Motion ?? Motion.Medium, ratio);

    /// <summary>
    /// A move that depends only on the text and on the shape of the view (<paramref name="ratio"/> is its width divided by its
    /// height): the same text gives the same move.
    /// </summary>
    public static CameraMove For(string text, Motion motion = Motion.Medium, double ratio = 1)
    {
        var dice = SHA256.HashData(Encoding.UTF8.GetBytes(text));
        var strength = motion switch { Motion.Low => 0.5, Motion.High => 1.5, _ => 1 };
        var zoom = 1 + strength * (0.14 + 0.14 * Throw(dice, 0));
        // In an elongated view a roll moves the far corners a long way, so a longer view rolls less.
        var roll = strength * (0.01 + 0.02 * Throw(dice, 1)) * (Throw(dice, 2) < 0.5 ? -1 : 1) / Math.Max(ratio, 1 / ratio);
        var direction = Math.Tau * Throw(dice, 3);
        var shift = 0.7 + 0.3 * Throw(dice, 4);
        return new CameraMove(
            zoom, roll, shift * Room(1 / ratio) * Math.Cos(direction), shift * Room(ratio) * Math.Sin(direction));

        double Room(double across) => 0.5 - 0.5 * (Math.Cos(roll) + across * Math.Sin(Math.Abs(roll))) / zoom;
    }

    /// <summary>
    /// The move as an ffmpeg filter over a number of frames of a still. <c>perspective</c> places the corners in fractions
    /// of a pixel; <c>zoompan</c>, the obvious choice, rounds to whole pixels and jitters.
    /// </summary>
    public string Filter(int frames)
    {
        string[] corners = ["x0", "y0", "x1", "y1", "x2", "y2", "x3", "y3"];
        string[] places = [X(-1, -1), Y(-1, -1), X(1, -1), Y(1, -1), X(-1, 1), Y(-1, 1), X(1, 1), Y(1, 1)];
        var view = corners.Zip(places, (corner, place) => $"{corner}='{Eased(frames)};{place}'");
        return $"perspective={string.Join(':', view)}:sense=source:eval=frame:interpolation=linear";
    }

    private string X(int x, int y) => Place("W", ShiftX, $"{x}*W*cos(ld(1))-{y}*H*sin(ld(1))");

    private string Y(int x, int y) => Place("H", ShiftY, $"{x}*W*sin(ld(1))+{y}*H*cos(ld(1))");

    private string Place(string side, double shift, string corner) => string.Create(
        CultureInfo.InvariantCulture,
        $"{side}*(0.5+{shift:0.######}*ld(0))+({corner})*0.5/(1+{Zoom - 1:0.######}*ld(0))");

    // Starts and ends at rest: ld(0) runs from 0 to 1 along half a cosine, ld(1) is the roll at that point. "on" counts frames
    // from 1.
    private string Eased(int frames) =>
        string.Create(CultureInfo.InvariantCulture, $"st(0,(1-cos(PI*(on-1)/{frames - 1}))/2);st(1,{Roll:0.######}*ld(0))");

    private static double Throw(ReadOnlySpan<byte> dice, int index) =>
        BinaryPrimitives.ReadUInt32LittleEndian(dice[(4 * index)..]) / (double)uint.MaxValue;
}
