using NetVips;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Video;
using VideoGen.Silo.Imaging;

namespace VideoGen.Silo.Backends.Pictures;

/// <summary>A stored picture and the shape of a video: its size, and the part of it that fills a frame.</summary>
internal static class PictureFrame
{
    private const int JpegQuality = 95;

    /// <summary>Reads the size only.</summary>
    public static FrameSize SizeOf(string path)
    {
        using var image = Image.NewFromFile(path, access: Enums.Access.Sequential);
        return new FrameSize(image.Width, image.Height);
    }

    /// <summary>The part that fills a frame of this shape.</summary>
    public static FrameCrop CropOf(string path, FrameSize shape) => FrameCrop.Of(SizeOf(path), shape, Attention.In(path));

    /// <summary>
    /// What an image-to-video model gets: it makes videos in the shape of its picture, so that a picture that is to fill the
    /// frame is cropped before.
    /// </summary>
    public static byte[] ForModel(byte[] picture, GenerationRequest request)
    {
        if (request is { AspectRatio: null } or { Fit: Fit.Contain })
        {
            return picture;
        }

        using var image = Image.NewFromBuffer(picture);
        var size = new FrameSize(image.Width, image.Height);
        var crop = FrameCrop.Of(size, request.Frame, Attention.In(picture));
        if (crop == new FrameCrop(0, 0, size.Width, size.Height))
        {
            return picture;
        }

        using var part = image.ExtractArea(crop.Left, crop.Top, crop.Width, crop.Height);
        return part.JpegsaveBuffer(JpegQuality, optimizeCoding: true, keep: Enums.ForeignKeep.None);
    }

    /// <summary>
    /// The frame that a model is asked for: the requested one, or, where the picture is shown whole, one in the shape of the
    /// picture as far as a video can have it.
    /// </summary>
    public static FrameSize ModelFrame(byte[] picture, GenerationRequest request)
    {
        if (request.Fit is Fit.Cover)
        {
            return request.Frame;
        }

        using var image = Image.NewFromBuffer(picture, access: Enums.Access.Sequential);
        var size = new FrameSize(image.Width, image.Height);
        return (AspectRatio.IsPossible(size) ? size : request.Frame).WithShortSide(request.Side);
    }
}
