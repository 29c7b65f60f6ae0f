using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using VideoGen.Grains.Backends;
using VideoGen.Grains.Generations.Contract;

namespace VideoGen.Silo.Backends.Preview;

/// <summary>
/// A slow move of the camera over a square picture, from the whole of it to a part: zoom is how many times closer it ends, roll
/// is in radians, and the shift of the centre is in sides of the picture. The view never leaves the picture.
/// </summary>
internal sealed record CameraMove(double Zoom, double Roll, double ShiftX, double ShiftY)
{
    /// <summary>The move of a generation: by its seed, where the user gave one, else always the same for one id.</summary>
    public static CameraMove For(RenderRequest order) => For(
        order.Request.Seed is { } seed ? seed.ToString(CultureInfo.InvariantCulture) : order.GenerationId,
        order.Request.Motion ?? Motion.Medium);

    /// <summary>Always the same for one text, another one for another text.</summary>
    public static CameraMove For(string text, Motion motion = Motion.Medium)
    {
        var dice = SHA256.HashData(Encoding.UTF8.GetBytes(text));
        var strength = motion switch { Motion.Low => 0.5, Motion.High => 1.5, _ => 1 };
        var zoom = 1 + strength * (0.14 + 0.14 * Throw(dice, 0));
        var roll = strength * (0.01 + 0.02 * Throw(dice, 1)) * (Throw(dice, 2) < 0.5 ? -1 : 1);
        var room = 0.5 - 0.5 * (Math.Cos(roll) + Math.Sin(Math.Abs(roll))) / zoom;
        var direction = Math.Tau * Throw(dice, 3);
        var shift = room * (0.7 + 0.3 * Throw(dice, 4));
        return new CameraMove(zoom, roll, shift * Math.Cos(direction), shift * Math.Sin(direction));
    }

    /// <summary>
    /// The move as a filter of ffmpeg over so many frames of a square still. <c>perspective</c> places the corners in fractions of
    /// a pixel; <c>zoompan</c>, the obvious choice, rounds to whole ones and trembles.
    /// </summary>
    public string Filter(int frames)
    {
        string[] corners = ["x0", "y0", "x1", "y1", "x2", "y2", "x3", "y3"];
        string[] places = [X(-1, -1), Y(-1, -1), X(1, -1), Y(1, -1), X(-1, 1), Y(-1, 1), X(1, 1), Y(1, 1)];
        var view = corners.Zip(places, (corner, place) => $"{corner}='{Eased(frames)};{place}'");
        return $"perspective={string.Join(':', view)}:sense=source:eval=frame:interpolation=linear";
    }

    private string X(int x, int y) => Place("W", ShiftX, $"{x}*cos(ld(1))-{y}*sin(ld(1))");

    private string Y(int x, int y) => Place("H", ShiftY, $"{x}*sin(ld(1))+{y}*cos(ld(1))");

    private string Place(string side, double shift, string corner) => string.Create(
        CultureInfo.InvariantCulture,
        $"{side}*(0.5+{shift:0.######}*ld(0)+({corner})*0.5/(1+{Zoom - 1:0.######}*ld(0)))");

    // Starts and ends at rest: ld(0) runs from 0 to 1 along half a cosine, ld(1) is the roll by then. "on" counts frames from 1.
    private string Eased(int frames) =>
        string.Create(CultureInfo.InvariantCulture, $"st(0,(1-cos(PI*(on-1)/{frames - 1}))/2);st(1,{Roll:0.######}*ld(0))");

    private static double Throw(ReadOnlySpan<byte> dice, int index) =>
        BinaryPrimitives.ReadUInt32LittleEndian(dice[(4 * index)..]) / (double)uint.MaxValue;
}
